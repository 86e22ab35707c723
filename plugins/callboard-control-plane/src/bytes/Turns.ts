import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

const TURN_MS = 8;

/** Divides long work: others have their turn of the event loop once it has lasted. */
export class Turns {
  #beganMs = performance.now();

  /** Called between two steps of the work. */
  async share(): Promise<void> {
    if (performance.now() - this.#beganMs < TURN_MS) return;
    await setImmediate();
    this.#beganMs = performance.now();
  }
}

import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

const TURN_MS = 8;

/**
 * Divides long work into steps and yields to the event loop between them. After
 * each step: `if (turns.isOver()) await turns.next();`
 */
export class Turns {
  #beganMs = performance.now();

  isOver(): boolean {
    return performance.now() - this.#beganMs >= TURN_MS;
  }

  async next(): Promise<void> {
    await setImmediate();
    this.#beganMs = performance.now();
  }
}

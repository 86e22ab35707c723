import { performance } from 'node:perf_hooks';

const TURN_MS = 8; // of requests in one turn of the event loop; everybody else is served after it

/**
 * Divides a crowd of requests among turns of the event loop. Node hands over all
 * that have arrived in one turn: each is short, but 200 at once were a quarter
 * of a second in which no tunnel, no push and no timer was served. The order is
 * that of arrival.
 */
export class RequestTurns {
  readonly #waiting: Array<() => void> = [];
  #isServing = false;
  #beganMs: number | undefined;

  /** Calls `serve` now, or in a later turn where this one has lasted. */
  enter(serve: () => void): void {
    this.#waiting.push(serve);
    if (!this.#isServing) this.#serveNext();
  }

  /** One, and what it goes on with in promises, before there is a look at the time. */
  #serveNext(): void {
    this.#isServing = this.#waiting.length > 0 && this.#hasTime();
    if (!this.#isServing) return;
    queueMicrotask(() => process.nextTick(() => this.#serveNext()));
    this.#waiting.shift()!();
  }

  #hasTime(): boolean {
    if (this.#beganMs === undefined) {
      this.#beganMs = performance.now();
      setImmediate(() => {
        this.#beganMs = undefined;
        if (!this.#isServing) this.#serveNext();
      });
    }
    return performance.now() - this.#beganMs < TURN_MS;
  }
}

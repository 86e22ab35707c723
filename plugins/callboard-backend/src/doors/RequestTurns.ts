import { performance } from 'node:perf_hooks';

const TURN_MS = 8; // of requests in one turn of the event loop; everything else is served after it

/**
 * Spreads a burst of requests over several turns of the event loop. Node
 * delivers all arrived requests in one turn: each is short, but 200 at once
 * took a quarter of a second in which no tunnel, no push and no timer was
 * served. Requests keep the order of arrival.
 */
export class RequestTurns {
  readonly #waiting: Array<() => void> = [];
  #isServing = false;
  #beganMs: number | undefined;

  /** Calls `serve` now, or in a later turn when this one has taken too long. */
  enter(serve: () => void): void {
    this.#waiting.push(serve);
    if (!this.#isServing) this.#serveNext();
  }

  /** Serves one request, with the promises it continues in, before the time is checked. */
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

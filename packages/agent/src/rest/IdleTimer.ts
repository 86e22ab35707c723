const QUIET_MS = 30_000; // rare enough to cost nothing, however regularly a hub sends requests

/** Notifies once after each busy time, when nothing was done for a while. */
export class IdleTimer {
  readonly #onRest: () => void;
  readonly #quietMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(onRest: () => void, quietMs = QUIET_MS) {
    this.#onRest = onRest;
    this.#quietMs = quietMs;
  }

  /** Records activity and restarts the timer. */
  reset(): void {
    if (this.#timer) this.#timer.refresh();
    else this.#timer = setTimeout(this.#onRest, this.#quietMs).unref();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

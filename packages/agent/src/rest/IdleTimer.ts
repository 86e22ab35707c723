const QUIET_MS = 30_000; // seldom enough to cost nothing, however regularly a hub asks

/** Notices that nothing was done for a while: once after each busy time. */
export class IdleTimer {
  readonly #onRest: () => void;
  readonly #quietMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(onRest: () => void, quietMs = QUIET_MS) {
    this.#onRest = onRest;
    this.#quietMs = quietMs;
  }

  /** Something is done now. */
  reset(): void {
    if (this.#timer) this.#timer.refresh();
    else this.#timer = setTimeout(this.#onRest, this.#quietMs).unref();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** Pauses that double with each failure, as the kubelet makes them. */
export class BackOff {
  readonly #firstMs: number;
  readonly #mostMs: number;
  #nextMs: number;

  /** @param of.isFirstFree - the first try again comes at once */
  constructor(of: { firstMs: number; mostMs: number; isFirstFree: boolean }) {
    this.#firstMs = of.firstMs;
    this.#mostMs = of.mostMs;
    this.#nextMs = of.isFirstFree ? 0 : of.firstMs;
  }

  /** The pause before the next try; the one after it is twice as long. */
  take(): number {
    const pauseMs = this.#nextMs;
    this.#nextMs = Math.min(
      pauseMs === 0 ? this.#firstMs : pauseMs * 2,
      this.#mostMs,
    );
    return pauseMs;
  }

  /** What ran for long enough is tried again at once. */
  reset(): void {
    this.#nextMs = 0;
  }
}

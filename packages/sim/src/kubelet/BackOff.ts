/** Pauses that double with each failure, as in the kubelet. */
export class BackOff {
  readonly #firstMs: number;
  readonly #mostMs: number;
  #nextMs: number;

  /** @param of.isFirstFree - the first retry is immediate */
  constructor(of: { firstMs: number; mostMs: number; isFirstFree: boolean }) {
    this.#firstMs = of.firstMs;
    this.#mostMs = of.mostMs;
    this.#nextMs = of.isFirstFree ? 0 : of.firstMs;
  }

  /** Returns the pause before the next try; the one after it is twice as long. */
  take(): number {
    const pauseMs = this.#nextMs;
    this.#nextMs = Math.min(
      pauseMs === 0 ? this.#firstMs : pauseMs * 2,
      this.#mostMs,
    );
    return pauseMs;
  }

  /** Makes the next retry immediate: the container ran long enough. */
  reset(): void {
    this.#nextMs = 0;
  }
}

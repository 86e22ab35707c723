/** Bytes that may still be sent on a stream. Senders wait here until the receiver grants more. */
export class SendWindow {
  #bytes: number;
  #failure: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  grant(bytes: number): void {
    this.#bytes = Math.min(this.#bytes + bytes, Number.MAX_SAFE_INTEGER);
    this.#wake();
  }

  /** Rejects every wait, current and future. */
  fail(failure: Error): void {
    this.#failure ??= failure;
    this.#wake();
  }

  /** Like `take`, but returns undefined instead of waiting. */
  takeNow(wanted: number): number | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#bytes === 0) return undefined;
    const bytes = Math.min(wanted, this.#bytes);
    this.#bytes -= bytes;
    return bytes;
  }

  /**
   * @returns how many of the requested bytes may be sent, at least one; throws
   *   once the stream has failed
   */
  async take(wanted: number): Promise<number> {
    for (;;) {
      const bytes = this.takeNow(wanted);
      if (bytes !== undefined) return bytes;
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }
}

/** What may still be sent on a stream. Senders wait here until the receiver has made room. */
export class CreditGate {
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

  /** Ends every wait, now and later. */
  fail(failure: Error): void {
    this.#failure ??= failure;
    this.#wake();
  }

  /** @returns how many of the wanted bytes may go, at least one; throws once the stream has failed */
  async take(wanted: number): Promise<number> {
    while (this.#bytes === 0 && this.#failure === undefined) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
    if (this.#failure !== undefined) throw this.#failure;
    const bytes = Math.min(wanted, this.#bytes);
    this.#bytes -= bytes;
    return bytes;
  }
}

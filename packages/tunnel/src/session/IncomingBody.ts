/**
 * Body received over a stream: waits for its reader, never buffers more than
 * the window, and grants credit as the reader consumes.
 */
export class IncomingBody implements AsyncIterable<Uint8Array> {
  readonly #windowBytes: number;
  readonly #onCredit: (bytes: number) => void;
  readonly #onAbandoned: () => void;
  readonly #chunks: Uint8Array[] = [];
  #heldBytes = 0;
  #takenBytes = 0;
  #end: 'open' | 'ended' | Error = 'open';
  #wake: () => void = () => undefined;

  constructor(options: {
    windowBytes: number;
    onCredit: (bytes: number) => void;
    onAbandoned: () => void;
  }) {
    this.#windowBytes = options.windowBytes;
    this.#onCredit = options.onCredit;
    this.#onAbandoned = options.onAbandoned;
  }

  /**
   * @returns false when the sender exceeded its credit
   */
  push(bytes: Uint8Array): boolean {
    if (this.#end !== 'open') return true; // its reader has stopped
    this.#heldBytes += bytes.byteLength;
    if (this.#heldBytes + this.#takenBytes > this.#windowBytes) return false;
    this.#chunks.push(bytes);
    this.#wake();
    return true;
  }

  end(): void {
    if (this.#end === 'open') this.#end = 'ended';
    this.#wake();
  }

  /** Drops what was not read yet: after a failure the body is incomplete. */
  fail(error: Error): void {
    if (this.#end !== 'open') return;
    this.#end = error;
    this.#chunks.length = 0;
    this.#wake();
  }

  /** Written by hand: an async generator costs three promise turns per chunk. */
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return {
      next: () => this.#next(),
      return: async () => {
        this.#abandon();
        return { done: true, value: undefined };
      },
    };
  }

  async #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) {
        this.#take(chunk.byteLength);
        return { done: false, value: chunk };
      }
      if (this.#end === 'ended') return { done: true, value: undefined };
      if (this.#end instanceof Error) throw this.#end;
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  #abandon(): void {
    if (this.#end !== 'open') return;
    this.#end = 'ended';
    this.#chunks.length = 0;
    this.#onAbandoned();
  }

  /** Grants credit in halves of the window: one small frame for many bytes. */
  #take(bytes: number): void {
    this.#heldBytes -= bytes;
    this.#takenBytes += bytes;
    if (this.#takenBytes < this.#windowBytes / 2 || this.#end !== 'open')
      return;
    const room = this.#takenBytes;
    this.#takenBytes = 0;
    this.#onCredit(room);
  }
}

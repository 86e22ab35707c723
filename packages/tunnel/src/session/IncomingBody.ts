/**
 * Body that comes in over a stream: waits for its reader, never holds more than
 * the window, and makes room as the reader takes.
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

  /** @returns false when the sender sent more than it was allowed */
  push(bytes: Uint8Array): boolean {
    if (this.#end !== 'open') return true; // nobody reads it any more
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

  /** What was not read yet is dropped: after a break nothing is trusted to be whole. */
  fail(error: Error): void {
    if (this.#end !== 'open') return;
    this.#end = error;
    this.#chunks.length = 0;
    this.#wake();
  }

  /** Written by hand: an async generator costs three turns of promises for each chunk. */
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

  /** Grants in halves of the window: one small frame for many bytes. */
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

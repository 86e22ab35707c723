import type { IncomingMessage } from 'node:http';

type BodyEnd = { kind: 'whole' } | { kind: 'broken'; error: Error };

const AHEAD_BYTES = 256 * 1024; // buffered ahead of the reader

/**
 * Body of a response, read chunk by chunk. Iterating over the message itself
 * would be the largest cost of a small response.
 */
export class ResponseBody implements AsyncIterable<Uint8Array> {
  readonly #message: IncomingMessage;
  readonly #chunks: Uint8Array[] = [];
  #heldBytes = 0;
  #end: BodyEnd | undefined;
  #wake: () => void = () => undefined;

  constructor(message: IncomingMessage) {
    this.#message = message;
    message.on('data', (chunk: Buffer) => this.#push(chunk));
    message.on('end', () => this.#close({ kind: 'whole' }));
    message.on('error', error => this.#close({ kind: 'broken', error }));
    message.on('close', () =>
      this.#close({ kind: 'broken', error: new Error('the answer broke off') }),
    );
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return {
      next: () => this.#next(),
      return: async () => {
        if (this.#end === undefined) this.#message.destroy();
        return { done: true, value: undefined };
      },
    };
  }

  async #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) {
        this.#heldBytes -= chunk.byteLength;
        if (this.#heldBytes < AHEAD_BYTES && this.#message.isPaused())
          this.#message.resume();
        return { done: false, value: chunk };
      }
      if (this.#end?.kind === 'broken') throw this.#end.error;
      if (this.#end) return { done: true, value: undefined };
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  #push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.byteLength;
    if (this.#heldBytes >= AHEAD_BYTES) this.#message.pause();
    this.#wake();
  }

  /** The first end counts: every response also emits `close`. */
  #close(end: BodyEnd): void {
    this.#end ??= end;
    this.#wake();
  }
}

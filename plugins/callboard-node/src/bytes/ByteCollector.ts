import { setImmediate } from 'node:timers/promises';

const BLOCK_BYTES = 64 * 1024;
const TURN_BYTES = 1024 * 1024; // copied without a pause

/**
 * Collects the chunks of a body. Small chunks are merged, so that a sender of
 * single bytes costs memory per byte and not an object for each.
 */
export class ByteCollector {
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #block: Buffer | undefined;
  #used = 0;

  get size(): number {
    return this.#size;
  }

  add(chunk: Uint8Array): void {
    const { byteLength } = chunk;
    this.#size += byteLength;
    if (this.#used + byteLength > BLOCK_BYTES) this.#closeBlock();
    if (byteLength > BLOCK_BYTES / 4) {
      this.#closeBlock();
      this.#chunks.push(chunk);
      return;
    }
    this.#block ??= Buffer.allocUnsafeSlow(BLOCK_BYTES);
    this.#block.set(chunk, this.#used);
    this.#used += byteLength;
  }

  /** Returns all chunks, in order. */
  takeChunks(): readonly Uint8Array[] {
    this.#closeBlock();
    return this.#chunks;
  }

  #closeBlock(): void {
    if (this.#block === undefined || this.#used === 0) return;
    this.#chunks.push(Uint8Array.from(this.#block.subarray(0, this.#used)));
    this.#used = 0;
  }
}

/** Joins chunks to one buffer; yields to the event loop after each megabyte copied. */
export async function joinChunks(
  chunks: readonly Uint8Array[],
): Promise<Buffer> {
  const [first] = chunks;
  if (chunks.length === 1)
    return Buffer.from(first.buffer, first.byteOffset, first.byteLength);
  const size = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const whole = Buffer.allocUnsafe(size);
  let at = 0;
  let turnEnds = TURN_BYTES;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
    if (at < turnEnds) continue;
    turnEnds = at + TURN_BYTES;
    await setImmediate();
  }
  return whole;
}

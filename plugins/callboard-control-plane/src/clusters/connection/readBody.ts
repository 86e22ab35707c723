import { describeBytes } from '@callboard/plugin-callboard-common';
/** More came than one answer may have. */
export class AnswerTooLargeError extends Error {
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`more than ${describeBytes(maxBytes)}`);
    this.maxBytes = maxBytes;
  }
}

/** Collects a body. Throws AnswerTooLargeError as soon as the limit is passed, before keeping what passes it. */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AnswerTooLargeError(maxBytes);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size);
}

/** As {@link readBody}, but what is beyond the limit is cut off instead of refused. */
export async function readBodyStart(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk.subarray(0, maxBytes - size));
    size += Math.min(chunk.byteLength, maxBytes - size);
    if (size >= maxBytes) break;
  }
  return Buffer.concat(chunks, size);
}

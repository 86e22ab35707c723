import { describeBytes } from '@callboard/plugin-callboard-common';
import { ByteCollector, joinChunks } from './ByteCollector';

/** Thrown when a response is larger than its limit. */
export class AnswerTooLargeError extends Error {
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`more than ${describeBytes(maxBytes)}`);
    this.maxBytes = maxBytes;
  }
}

/** Collects a body. Throws AnswerTooLargeError as soon as the limit is exceeded, before it keeps the excess. */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array> {
  const kept = new ByteCollector();
  for await (const chunk of body) {
    if (kept.size + chunk.byteLength > maxBytes)
      throw new AnswerTooLargeError(maxBytes);
    kept.add(chunk);
  }
  return joinChunks(kept.takeChunks());
}

/** As {@link readBody}, but truncates at the limit instead of throwing. */
export async function readBodyStart(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array> {
  const kept = new ByteCollector();
  for await (const chunk of body) {
    kept.add(chunk.subarray(0, maxBytes - kept.size));
    if (kept.size >= maxBytes) break;
  }
  return joinChunks(kept.takeChunks());
}

import { describeBytes } from '@callboard/plugin-callboard-common';
import { ByteCollector, joinChunks } from './ByteCollector';

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
  const kept = new ByteCollector();
  for await (const chunk of body) {
    if (kept.size + chunk.byteLength > maxBytes)
      throw new AnswerTooLargeError(maxBytes);
    kept.add(chunk);
  }
  return joinChunks(kept.takeChunks());
}

/** As {@link readBody}, but what is beyond the limit is cut off instead of refused. */
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

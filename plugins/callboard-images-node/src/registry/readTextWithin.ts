import { createHash } from 'node:crypto';
import { ByteCollector, joinChunks } from '@callboard/plugin-callboard-node';

/** Text of a response, cut after `maxBytes`; empty when the connection breaks. */
export async function readTextWithin(
  response: Response,
  maxBytes: number,
): Promise<string> {
  const start = await readBytesWithin(response, maxBytes).catch(
    () => undefined,
  );
  if (!start) return '';
  const bytes = await joinChunks(start.chunks);
  return bytes.toString('utf8', 0, maxBytes);
}

/** The first bytes of a response. */
export interface BodyStart {
  chunks: readonly Uint8Array[];
  /** Digest of these chunks: `sha256:…`. */
  digest: string;
  /** False when the response is longer than the limit. */
  isWhole: boolean;
}

/** Reads the bytes of a response up to a limit and computes their digest. */
export async function readBytesWithin(
  response: Response,
  maxBytes: number,
): Promise<BodyStart> {
  const kept = new ByteCollector();
  const hash = createHash('sha256');
  for await (const chunk of response.body ?? []) {
    kept.add(chunk);
    hash.update(chunk);
    if (kept.size > maxBytes) break;
  }
  return {
    chunks: kept.takeChunks(),
    digest: `sha256:${hash.digest('hex')}`,
    isWhole: kept.size <= maxBytes,
  };
}

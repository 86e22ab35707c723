import { createHash } from 'node:crypto';
import { ByteCollector, joinChunks } from '@callboard/plugin-callboard-node';

/** Text of an answer, cut after `maxBytes`; empty where it breaks off. */
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

/** What an answer begins with. */
export interface BodyStart {
  chunks: readonly Uint8Array[];
  /** Of these chunks: `sha256:…`. */
  digest: string;
  /** False when the answer goes on beyond the limit. */
  isWhole: boolean;
}

/** Bytes of an answer, until there are more than a limit; counted into a digest as they come. */
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

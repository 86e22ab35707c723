import type { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';

const START_BYTES = 65_536; // holds the commands of every push that is accepted
const DRAIN_FACTOR = 8; // a client that continues this long after a refusal is disconnected
const DRAIN_MS = 60_000;

/**
 * Pipes the body of a push to git as it arrives, and stops at `maxBytes`.
 *
 * Once a push is too large (or declares it beforehand) nothing more reaches git
 * and `onTooLarge` is called with its first bytes. The rest of the body is read
 * and discarded: git clients read a response only after they have sent
 * everything, and would see a broken connection instead of the reason.
 */
export function feedPush(
  req: IncomingMessage,
  git: Writable,
  options: { maxBytes: number; onTooLarge(start: Buffer): void },
): void {
  const { maxBytes, onTooLarge } = options;
  const declared = Number(req.headers['content-length'] ?? 0);
  let start = Buffer.alloc(0);
  let bytes = 0;
  let tooLarge = false;

  git.on('error', () => {}); // git has exited; its response contains the reason
  git.on('drain', () => req.resume());
  git.on('close', () => req.resume());
  req.on('end', () => git.end());
  req.on('aborted', () => git.destroy());
  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (tooLarge) {
      if (bytes > maxBytes * DRAIN_FACTOR) req.destroy();
      return;
    }
    if (start.length < START_BYTES)
      start = Buffer.concat([start, chunk.subarray(0, START_BYTES)]);
    if (bytes > maxBytes || declared > maxBytes) {
      tooLarge = true;
      git.destroy();
      onTooLarge(start);
      setTimeout(() => req.destroy(), DRAIN_MS).unref();
      return;
    }
    if (git.writable && !git.write(chunk)) req.pause();
  });
}

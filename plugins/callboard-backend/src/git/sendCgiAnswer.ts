import type { Response } from 'express';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

const MAX_HEADER_BYTES = 16_384;

/**
 * Streams the response of a CGI program: output of a hook appears on the
 * pusher's screen at once. Ends the response with the program's output.
 */
export async function sendCgiAnswer(
  output: Readable,
  res: Response,
): Promise<void> {
  let head = Buffer.alloc(0);
  for await (const chunk of output as AsyncIterable<Buffer>) {
    if (res.destroyed || res.writableEnded) return;
    if (res.headersSent) {
      await write(res, chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0 && head.length > MAX_HEADER_BYTES)
      throw new Error('git http-backend sent no headers');
    if (end < 0) continue;
    sendHeaders(head.subarray(0, end).toString('latin1'), res);
    await write(res, head.subarray(end + 4));
  }
  if (!res.headersSent && !res.destroyed)
    throw new Error('git http-backend ended without an answer');
  res.end();
}

function sendHeaders(text: string, res: Response): void {
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    if (name.toLowerCase() === 'status') res.status(parseInt(value, 10));
    else res.setHeader(name, value);
  }
  res.setHeader('Cache-Control', 'no-cache, no-transform'); // compression would delay lines
  res.flushHeaders();
}

async function write(res: Response, chunk: Buffer): Promise<void> {
  if (chunk.length === 0 || res.write(chunk)) return;
  const waiting = new AbortController();
  const { signal } = waiting;
  await Promise.race([
    once(res, 'drain', { signal }),
    once(res, 'close', { signal }),
  ]).finally(() => waiting.abort());
}

import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

export const SMALL = '/api/v1/namespaces/shop--dev/pods/web-1';
/** A long log. */
export const bulkOf = (bytes: number) => `${SMALL}/log?limitBytes=${bytes}`;

const PIECE = Buffer.alloc(64 * 1024, 'a line of a log\n');
const POD = JSON.stringify({ kind: 'Pod', spec: 'x'.repeat(2_000) });

/** What stands for an API server: answers with a pod of 2 KB, or a log as long as asked for. */
export async function startTargetServer(tls: {
  key: string;
  cert: string;
}): Promise<number> {
  const server = https.createServer(
    { ...tls, minVersion: 'TLSv1.3', keepAliveTimeout: 600_000 },
    (request, response) => {
      const limit = new URL(
        request.url ?? '/',
        'https://target',
      ).searchParams.get('limitBytes');
      if (limit === null) {
        response.setHeader('content-type', 'application/json');
        response.end(POD);
      } else {
        response.setHeader('content-type', 'text/plain');
        Readable.from(piecesOf(Number(limit))).pipe(response);
      }
    },
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function* piecesOf(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= PIECE.byteLength)
    yield left < PIECE.byteLength ? PIECE.subarray(0, left) : PIECE;
}

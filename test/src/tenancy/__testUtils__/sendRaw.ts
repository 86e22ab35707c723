import { type OutgoingHttpHeaders, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { Answer } from './TenantPortal';

const PATIENCE_MS = 30_000;

/** Sends a request as it is written: `fetch` would tidy its address up. */
export function sendRaw(
  url: string,
  {
    method,
    path,
    headers,
    body,
  }: {
    method: string;
    path: string;
    headers: OutgoingHttpHeaders;
    body?: string;
  },
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, headers, timeout: PATIENCE_MS },
      answer => {
        const chunks: Buffer[] = [];
        answer.on('data', chunk => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const { date, ...kept } = answer.headers;
          const bytes = Buffer.concat(chunks);
          const isPacked =
            kept['content-encoding'] === 'gzip' && bytes.length > 0;
          resolve({
            status: answer.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(kept).map(([name, value]) => [
                name,
                String(value),
              ]),
            ),
            text: (isPacked ? gunzipSync(bytes) : bytes).toString('utf8'),
          });
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('nothing was answered')));
    sent.on('error', reject);
    sent.end(body);
  });
}

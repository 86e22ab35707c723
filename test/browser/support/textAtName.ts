import { get } from 'node:http';
import { text } from 'node:stream/consumers';

/**
 * What an app answers at its name below `localhost`. Browsers and curl know
 * that such a name is this machine; the resolver that Node.js asks need not.
 */
export function textAtName(url: string): Promise<string> {
  const { host, port, pathname } = new URL(url);
  return new Promise((done, fail) => {
    get(
      {
        host: '127.0.0.1',
        port,
        path: pathname,
        headers: { host },
        agent: false,
        signal: AbortSignal.timeout(10_000),
      },
      response => void text(response).then(done, fail),
    ).on('error', fail);
  });
}

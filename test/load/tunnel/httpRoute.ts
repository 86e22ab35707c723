import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import type { Route } from './Route';

/** Over connections to an address, kept open: the API server itself, or what leads to it. */
export function httpsRoute(
  name: string,
  { port, ca }: { port: number; ca: string },
): Route {
  const agent = new https.Agent({ keepAlive: true, ca });
  return routeOf(name, agent, path =>
    https.request({ agent, host: '127.0.0.1', port, path }),
  );
}

/** Over connections that are there already. */
export function socketRoute(name: string, take: () => Duplex): Route {
  const agent = Object.assign(new http.Agent({ keepAlive: true }), {
    createConnection: take,
  });
  return routeOf(name, agent, path =>
    http.request({ agent, host: '127.0.0.1', path }),
  );
}

function routeOf(
  name: string,
  agent: http.Agent,
  open: (path: string) => http.ClientRequest,
): Route {
  return {
    name,
    read: path =>
      new Promise((resolve, reject) => {
        const request = open(path);
        request.on('error', reject);
        request.on('response', response => {
          let bytes = 0;
          response.on('data', (chunk: Buffer) => (bytes += chunk.byteLength));
          response.on('error', reject);
          response.on('end', () => resolve(bytes));
        });
        request.end();
      }),
    close: () => agent.destroy(),
  };
}

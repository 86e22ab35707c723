import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** What stands for an API server: takes whatever is applied and answers with it. */
export async function startObjectServer(tls: {
  key: string;
  cert: string;
}): Promise<{ port: number; close(): void }> {
  const server = https.createServer(
    { ...tls, minVersion: 'TLSv1.3' },
    (request, response) => {
      response.setHeader('content-type', 'application/json');
      request.pipe(response);
    },
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

import { createPublicKey, verify } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { OidcIssuer } from './OidcIssuer';

/** A server that says who a token stands for, checked by the issuer's own keys as an API server checks it. */
export async function startTokenReader(
  issuer: OidcIssuer,
  clientId: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const read = (path: string) =>
    new Promise<any>((resolve, reject) => {
      https
        .get(`${issuer.url}${path}`, { ca: issuer.ca, agent: false }, answer =>
          json(answer).then(resolve, reject),
        )
        .on('error', reject);
    });
  const server = http.createServer(async (request, response) => {
    const [head, body, signature] =
      request.headers.authorization?.replace('Bearer ', '').split('.') ?? [];
    const { keys } = await read('/keys');
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      createPublicKey({ key: keys[0], format: 'jwk' }),
      Buffer.from(signature ?? '', 'base64url'),
    );
    const claims = JSON.parse(
      Buffer.from(body ?? '', 'base64url').toString() || '{}',
    );
    const isGood =
      isSigned &&
      claims.iss === issuer.url &&
      claims.aud === clientId &&
      claims.exp * 1000 > Date.now();
    response.writeHead(isGood ? 201 : 401, {
      'content-type': 'application/json',
    });
    response.end(
      JSON.stringify(
        isGood ? { status: { userInfo: { username: claims.sub } } } : {},
      ),
    );
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

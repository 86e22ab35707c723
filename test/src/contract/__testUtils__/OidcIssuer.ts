import {
  type KeyObject,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { makeCertificates } from '../../support/proxies';

const KEY_ID = 'of-the-test';

export interface OidcIssuerOptions {
  /** Where its certificate is made. */
  folder: string;
  clientId: string;
  clientSecret: string;
  user: string;
  /** How long a token is good. */
  lifeSeconds: number;
}

/**
 * An issuer of identity tokens over TLS, with a CA of its own: it describes itself,
 * publishes its key, signs with RS256, and takes each refresh token once.
 * Source: OpenID Connect Discovery 1.0, section 4; Core 1.0, section 12.
 */
export class OidcIssuer {
  readonly url: string;
  /** PEM of its CA, and the file. */
  readonly ca: string;
  readonly caFile: string;
  /** How often a token was asked for and given. */
  given = 0;
  /** Who asks from now on is refused. */
  isClosed = false;
  refreshToken = randomBytes(16).toString('hex');
  readonly #options: OidcIssuerOptions;
  readonly #server: https.Server;
  readonly #keys: { publicKey: KeyObject; privateKey: KeyObject };

  private constructor(
    options: OidcIssuerOptions,
    server: https.Server,
    caFile: string,
  ) {
    this.#options = options;
    this.#server = server;
    this.#keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.caFile = caFile;
    this.ca = readFileSync(caFile, 'utf8');
    const { port } = server.address() as AddressInfo;
    this.url = `https://127.0.0.1:${port}`;
    server.on('request', async (request, response) => {
      const form = new URLSearchParams(await text(request));
      const { status, body } = this.#answer(
        request.url ?? '',
        form,
        request.headers.authorization,
      );
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  }

  static async start(options: OidcIssuerOptions): Promise<OidcIssuer> {
    const { ca, certificate, key } = makeCertificates(
      options.folder,
      'IP:127.0.0.1',
    );
    const server = https.createServer({
      cert: readFileSync(certificate),
      key: readFileSync(key),
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new OidcIssuer(options, server, ca);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  #answer(
    path: string,
    form: URLSearchParams,
    authorization: string | undefined,
  ): { status: number; body: object } {
    switch (path) {
      case '/.well-known/openid-configuration':
        return {
          status: 200,
          body: {
            issuer: this.url,
            token_endpoint: `${this.url}/token`,
            jwks_uri: `${this.url}/keys`,
            response_types_supported: ['id_token'],
            subject_types_supported: ['public'],
            id_token_signing_alg_values_supported: ['RS256'],
          },
        };
      case '/keys':
        return {
          status: 200,
          body: {
            keys: [
              {
                ...this.#keys.publicKey.export({ format: 'jwk' }),
                kid: KEY_ID,
                alg: 'RS256',
                use: 'sig',
              },
            ],
          },
        };
      case '/token':
        return this.#renew(form, authorization);
      default:
        return { status: 404, body: {} };
    }
  }

  #renew(form: URLSearchParams, authorization: string | undefined) {
    const { clientId, clientSecret } = this.#options;
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    if (authorization !== `Basic ${basic}`)
      return { status: 401, body: { error: 'invalid_client' } };
    if (
      this.isClosed ||
      form.get('grant_type') !== 'refresh_token' ||
      form.get('refresh_token') !== this.refreshToken
    )
      return { status: 400, body: { error: 'invalid_grant' } };
    this.given += 1;
    this.refreshToken = randomBytes(16).toString('hex');
    return {
      status: 200,
      body: {
        token_type: 'Bearer',
        access_token: 'not-for-kubernetes',
        id_token: this.#sign(),
        refresh_token: this.refreshToken,
      },
    };
  }

  #sign(): string {
    const { clientId, user, lifeSeconds } = this.#options;
    const now = Math.floor(Date.now() / 1000);
    const signed = [
      { alg: 'RS256', kid: KEY_ID, typ: 'JWT' },
      {
        iss: this.url,
        aud: clientId,
        sub: user,
        iat: now,
        exp: now + lifeSeconds,
      },
    ]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = sign(
      'sha256',
      Buffer.from(signed),
      this.#keys.privateKey,
    );
    return `${signed}.${signature.toString('base64url')}`;
  }
}

import type { ApiServer } from '../api/ApiServer';
import { readJson } from '../api/readJson';
import type { KeyStore } from './KeyStore';

const FIELD = 'key.pem';
const DEADLINE_MS = 10_000;

/** Keeps the key in a Secret of the agent's own namespace, which the install manifest creates empty. */
export class SecretKeyStore implements KeyStore {
  readonly #api: ApiServer;
  readonly #path: string;

  constructor(api: ApiServer, secret: { namespace: string; name: string }) {
    this.#api = api;
    this.#path = `/api/v1/namespaces/${secret.namespace}/secrets/${secret.name}`;
  }

  async read(): Promise<string | undefined> {
    const secret = await readJson(
      this.#api,
      { method: 'GET', path: this.#path },
      AbortSignal.timeout(DEADLINE_MS),
    );
    const data = (secret as { data?: Record<string, unknown> }).data?.[FIELD];
    return typeof data === 'string' && data !== ''
      ? Buffer.from(data, 'base64').toString('utf8')
      : undefined;
  }

  async write(privateKey: string): Promise<void> {
    const body = JSON.stringify({
      data: { [FIELD]: Buffer.from(privateKey).toString('base64') },
    });
    const headers = { 'content-type': 'application/merge-patch+json' };
    await readJson(
      this.#api,
      { method: 'PATCH', path: this.#path, headers, body },
      AbortSignal.timeout(DEADLINE_MS),
    );
  }
}

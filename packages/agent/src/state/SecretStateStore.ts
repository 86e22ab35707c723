import type { ApiServer } from '../api/ApiServer';
import { readJson } from '../api/readJson';
import { STATE_PARTS, type StatePart, type StateStore } from './StateStore';

const FIELD = 'state.gz';
const DEADLINE_MS = 10_000;
const MAX_BYTES = 2 * 1024 * 1024; // a Secret of 1 MiB, in base64

/**
 * Keeps state in Secrets of the agent's own namespace, one per part, which the
 * install manifest creates empty: the agent has no permission to create others.
 */
export class SecretStateStore implements StateStore {
  readonly #api: ApiServer;
  readonly #prefix: string;

  constructor(api: ApiServer, secrets: { namespace: string; name: string }) {
    this.#api = api;
    this.#prefix = `/api/v1/namespaces/${secrets.namespace}/secrets/${secrets.name}`;
  }

  async read(): Promise<Map<StatePart, Uint8Array>> {
    const parts = new Map<StatePart, Uint8Array>();
    for (const part of STATE_PARTS) {
      const secret = await readJson(
        this.#api,
        { method: 'GET', path: `${this.#prefix}-${part}` },
        AbortSignal.timeout(DEADLINE_MS),
        MAX_BYTES,
      );
      const data = (secret as { data?: Record<string, unknown> }).data?.[FIELD];
      if (typeof data === 'string' && data !== '')
        parts.set(part, Buffer.from(data, 'base64'));
    }
    return parts;
  }

  async write(part: StatePart, bytes: Uint8Array): Promise<void> {
    const body = JSON.stringify({
      data: { [FIELD]: Buffer.from(bytes).toString('base64') },
    });
    const headers = { 'content-type': 'application/merge-patch+json' };
    const path = `${this.#prefix}-${part}`;
    await readJson(
      this.#api,
      { method: 'PATCH', path, headers, body },
      AbortSignal.timeout(DEADLINE_MS),
      MAX_BYTES,
    );
  }
}

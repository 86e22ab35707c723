import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  type App,
  type Cluster,
  type ItemList,
  MOST_PER_PAGE,
  readAllPages,
} from '@callboard/plugin-callboard-common';

const DEADLINE_MS = 10_000;

/** Asks the plugin `callboard`, as the catalog itself. Rejects when it does not answer. */
export class CallboardClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(deps: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = deps.auth;
    this.#discovery = deps.discovery;
  }

  listApps(): Promise<App[]> {
    return this.#list<App>('/apps');
  }

  listClusters(): Promise<Cluster[]> {
    return this.#list<Cluster>('/clusters');
  }

  /** Text of catalog-info.yaml at the head of main; undefined where there is none. */
  async readCatalogInfo(app: string): Promise<string | undefined> {
    const { text } = await this.#get<{ text: string | null }>(
      `/apps/${encodeURIComponent(app)}/catalog-info`,
    );
    return text ?? undefined;
  }

  #list<T>(path: string): Promise<T[]> {
    return readAllPages(cursor => {
      const query = new URLSearchParams({ limit: String(MOST_PER_PAGE) });
      if (cursor !== undefined) query.set('cursor', cursor);
      return this.#get<ItemList<T>>(`${path}?${query}`);
    });
  }

  async #get<T>(path: string): Promise<T> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'callboard',
    });
    const response = await fetch(
      `${await this.#discovery.getBaseUrl('callboard')}/v1${path}`,
      {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(DEADLINE_MS),
      },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return (await response.json()) as T;
  }
}

import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type {
  App,
  Cluster,
  ItemList,
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

  async listApps(): Promise<App[]> {
    return (await this.#get<ItemList<App>>('/apps')).items;
  }

  async listClusters(): Promise<Cluster[]> {
    return (await this.#get<ItemList<Cluster>>('/clusters')).items;
  }

  /** Text of catalog-info.yaml at the head of main; undefined where there is none. */
  async readCatalogInfo(app: string): Promise<string | undefined> {
    const { text } = await this.#get<{ text: string | null }>(
      `/apps/${encodeURIComponent(app)}/catalog-info`,
    );
    return text ?? undefined;
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

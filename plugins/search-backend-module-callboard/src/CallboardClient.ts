import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  type App,
  type BlueprintSummary,
  type Cluster,
  type OperationRequest,
  listOperation,
} from '@callboard/plugin-callboard-common';

const DEADLINE_MS = 10_000;

/** Asks the plugin `callboard`, as search itself. Rejects when it does not answer. */
export class CallboardClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(deps: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = deps.auth;
    this.#discovery = deps.discovery;
  }

  listApps(): Promise<App[]> {
    return listOperation('listApps', {}, this.#send);
  }

  listClusters(): Promise<Cluster[]> {
    return listOperation('listClusters', {}, this.#send);
  }

  listBlueprints(): Promise<BlueprintSummary[]> {
    return listOperation('listBlueprints', {}, this.#send);
  }

  readonly #send = async ({ address, ...init }: OperationRequest) => {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'callboard',
    });
    const response = await fetch(
      `${await this.#discovery.getBaseUrl('callboard')}/v1${address}`,
      {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(DEADLINE_MS),
      },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  };
}

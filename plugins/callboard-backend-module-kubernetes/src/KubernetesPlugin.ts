import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { readBody } from '@callboard/plugin-callboard-node';
import { z } from 'zod';

/** A cluster as the Kubernetes plugin describes it. */
export interface PluginCluster {
  name: string;
  title?: string;
  /** How the plugin signs in: `serviceAccount`, `aws`, `oidc`. */
  authProvider: string;
}

/** These providers use the token of the signed-in person; Callboard also works without one. */
const OF_A_PERSON = new Set(['google', 'oidc', 'aks', 'microsoft']);

export function usesTokenOfPerson(authProvider: string): boolean {
  return OF_A_PERSON.has(authProvider);
}

const DEADLINE_MS = 10_000;
const MOST_BYTES = 1024 * 1024;
const TOKEN_MS = 5 * 60_000; // a service token of Backstage is valid for an hour

const answerSchema = z.object({
  items: z
    .array(
      z.object({
        name: z.string().min(1).max(253),
        title: z.string().max(200).optional(),
        authProvider: z.string().max(100).catch(''),
      }),
    )
    .max(10_000),
});

/** Client of Backstage's Kubernetes plugin, with a service token of the plugin `callboard`. */
export class KubernetesPlugin {
  readonly #deps: {
    auth: AuthService;
    discovery: DiscoveryService;
    now(): number;
  };
  #token: { value: Promise<string>; until: number } | undefined;

  constructor(deps: {
    auth: AuthService;
    discovery: DiscoveryService;
    /** Returns milliseconds. */
    now(): number;
  }) {
    this.#deps = deps;
  }

  /** Returns the plugin's base URL, without a slash at the end. */
  getBaseUrl(): Promise<string> {
    return this.#deps.discovery.getBaseUrl('kubernetes');
  }

  /** Returns a service token for the plugin; cached for five minutes. */
  async getToken(): Promise<string> {
    const now = this.#deps.now();
    if (!this.#token || this.#token.until <= now) {
      const value = this.#issueToken();
      this.#token = { value, until: now + TOKEN_MS };
      value.catch(() => {
        if (this.#token?.value === value) this.#token = undefined;
      });
    }
    return this.#token.value;
  }

  /** Lists the plugin's clusters. Rejects when the plugin does not respond, or not with clusters. */
  async listClusters(): Promise<PluginCluster[]> {
    const response = await fetch(`${await this.getBaseUrl()}/clusters`, {
      headers: { authorization: `Bearer ${await this.getToken()}` },
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (!response.ok || !response.body)
      throw new Error(
        `the Kubernetes plugin answered ${response.status} when it was asked for its clusters`,
      );
    const body = await readBody(response.body, MOST_BYTES);
    const parsed = answerSchema.safeParse(
      JSON.parse(Buffer.from(body).toString('utf8')),
    );
    if (!parsed.success)
      throw new Error(
        'the Kubernetes plugin answered something that is no list of clusters',
      );
    return parsed.data.items;
  }

  async #issueToken(): Promise<string> {
    const { auth } = this.#deps;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'kubernetes',
    });
    return token;
  }
}

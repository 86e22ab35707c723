import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { App, Problem } from '@callboard/plugin-callboard-common';

export interface NewApp {
  name: string;
  owner: string;
  message: string;
  /** Text of every file, by path. */
  files: Record<string, string>;
}

const DEADLINE_MS = 30_000;

/** Asks the plugin `callboard` for a new app, as the person whose credentials these are. Throws what it refuses, in its words. */
export async function sendNewApp(
  app: NewApp,
  deps: {
    auth: AuthService;
    discovery: DiscoveryService;
    credentials: BackstageCredentials;
  },
): Promise<App> {
  const { token } = await deps.auth.getPluginRequestToken({
    onBehalfOf: deps.credentials,
    targetPluginId: 'callboard',
  });
  const response = await fetch(
    `${await deps.discovery.getBaseUrl('callboard')}/v1/apps`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(app),
      signal: AbortSignal.timeout(DEADLINE_MS),
    },
  );
  if (response.ok) return (await response.json()) as App;
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  throw new Error(
    problem.what === undefined
      ? `Cannot create "${app.name}": Callboard answered ${response.status}`
      : `${problem.what}: ${problem.why}. ${problem.next}`,
  );
}

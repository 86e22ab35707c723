import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  type App,
  type NewApp,
  type Problem,
  askOperation,
} from '@callboard/plugin-callboard-common';

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
  const baseUrl = await deps.discovery.getBaseUrl('callboard');
  return askOperation(
    'createApp',
    { body: app },
    async ({ address, ...init }) => {
      const response = await fetch(`${baseUrl}/v1${address}`, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
      if (!response.ok) throw await refusalOf(app, response);
      return response;
    },
  );
}

async function refusalOf({ name }: NewApp, response: Response): Promise<Error> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return new Error(
    problem.what === undefined
      ? `Cannot create "${name}": Callboard answered ${response.status}`
      : `${problem.what}: ${problem.why}. ${problem.next}`,
  );
}

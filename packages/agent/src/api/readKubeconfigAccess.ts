import { readFileSync } from 'node:fs';
import type { ApiAccess } from './ApiServer';

interface Kubeconfig {
  'current-context': string;
  contexts: Array<{ name: string; context: { cluster: string; user: string } }>;
  clusters: Array<{ name: string; cluster: Record<string, unknown> }>;
  users: Array<{ name: string; user: Record<string, unknown> }>;
}

/** The current context of a kubeconfig that lies beside the agent, YAML or JSON; only data in the file itself counts. */
export async function readKubeconfigAccess(file: string): Promise<ApiAccess> {
  const config = (await parse(readFileSync(file, 'utf8'))) as Kubeconfig;
  const { context } = find(config.contexts, config['current-context']);
  const { cluster } = find(config.clusters, context.cluster);
  const { user } = find(config.users, context.user);
  const decoded = (value: unknown) =>
    typeof value === 'string'
      ? Buffer.from(value, 'base64').toString('utf8')
      : undefined;
  return {
    server: String(cluster.server),
    ca: decoded(cluster['certificate-authority-data']),
    certificate: decoded(user['client-certificate-data']),
    key: decoded(user['client-key-data']),
    skipTLSVerify: cluster['insecure-skip-tls-verify'] === true,
    readToken: async () =>
      typeof user.token === 'string' ? user.token : undefined,
  };
}

/** What reads YAML is loaded for YAML only: it takes 2 MB that are not given back. */
async function parse(text: string): Promise<unknown> {
  if (text.startsWith('{')) return JSON.parse(text);
  const yaml = await import('yaml');
  return yaml.parse(text);
}

function find<T extends { name: string }>(list: T[], name: string): T {
  const found = list?.find(each => each.name === name);
  if (found === undefined)
    throw new Error(`The kubeconfig does not describe "${name}"`);
  return found;
}

import type { ApiAccess } from './ApiServer';

interface Kubeconfig {
  'current-context': string;
  contexts: Array<{ name: string; context: { cluster: string; user: string } }>;
  clusters: Array<{ name: string; cluster: Record<string, unknown> }>;
  users: Array<{ name: string; user: Record<string, unknown> }>;
}

/** The current context of a kubeconfig; only data in the file itself counts. */
export function readKubeconfig(kubeconfig: unknown): ApiAccess {
  const config = kubeconfig as Kubeconfig;
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

function find<T extends { name: string }>(list: T[], name: string): T {
  const found = list?.find(each => each.name === name);
  if (found === undefined)
    throw new Error(`The kubeconfig does not describe "${name}"`);
  return found;
}

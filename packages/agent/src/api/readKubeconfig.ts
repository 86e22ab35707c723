import { isRecord } from '@callboard/tunnel';
import type { ApiAccess } from './ApiServer';

/** The current context of a kubeconfig; only data in the file itself counts. */
export function readKubeconfig(kubeconfig: unknown): ApiAccess {
  const config = isRecord(kubeconfig) ? kubeconfig : {};
  const context = find(config, 'context', config['current-context']);
  const cluster = find(config, 'cluster', context.cluster);
  const user = find(config, 'user', context.user);
  if (typeof cluster.server !== 'string')
    throw new Error('The kubeconfig names no server');
  const decoded = (value: unknown) =>
    typeof value === 'string'
      ? Buffer.from(value, 'base64').toString('utf8')
      : undefined;
  return {
    server: cluster.server,
    ca: decoded(cluster['certificate-authority-data']),
    certificate: decoded(user['client-certificate-data']),
    key: decoded(user['client-key-data']),
    skipTLSVerify: cluster['insecure-skip-tls-verify'] === true,
    readToken: async () =>
      typeof user.token === 'string' ? user.token : undefined,
  };
}

function find(
  config: Record<string, unknown>,
  field: 'context' | 'cluster' | 'user',
  name: unknown,
): Record<string, unknown> {
  const list = config[`${field}s`];
  const found = Array.isArray(list)
    ? list.filter(isRecord).find(each => each.name === name)?.[field]
    : undefined;
  if (typeof name !== 'string' || !isRecord(found))
    throw new Error(
      typeof name === 'string'
        ? `The kubeconfig does not describe the ${field} "${name}"`
        : `The kubeconfig does not name a ${field}`,
    );
  return found;
}

import { decodeData, findContext } from '@callboard/kubeconfig';
import type { ApiAccess } from './ApiServer';

/** Reads the current context of a kubeconfig; only data in the file itself is used. */
export function readKubeconfig(kubeconfig: unknown): ApiAccess {
  const context = findContext(kubeconfig);
  if (!context.ok)
    throw new Error(`The kubeconfig ${context.lacks}. ${context.next}`);
  const { server, cluster, user } = context.value;
  return {
    server,
    ca: decodeData(cluster['certificate-authority-data']),
    certificate: decodeData(user['client-certificate-data']),
    key: decodeData(user['client-key-data']),
    skipTLSVerify: cluster['insecure-skip-tls-verify'] === true,
    readToken: async () =>
      typeof user.token === 'string' ? user.token : undefined,
  };
}

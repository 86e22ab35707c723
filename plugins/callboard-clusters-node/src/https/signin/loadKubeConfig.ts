import type { KubeconfigFields } from '@callboard/kubeconfig';
import type { KubeConfig } from '@kubernetes/client-node';

type Authenticator = Parameters<KubeConfig['addAuthenticator']>[0];

/** Name of our authenticator; none of the client's own uses it. */
const RENEWED = 'callboard-renewed';

const NAME = 'callboard';

/**
 * Returns a `KubeConfig` of one cluster and one user, from checked fields: none
 * names a program, a file or an issuer. Credentials from those come from our
 * authenticator, through the client's extension point. The client is loaded
 * with the first kubeconfig: it contains every type of Kubernetes.
 */
export function loadKubeConfig(
  fields: { cluster: KubeconfigFields; user: KubeconfigFields },
  renewed?: Pick<Authenticator, 'applyAuthentication'>,
): KubeConfig {
  const kubeConfig = newKubeConfig();
  if (renewed)
    kubeConfig.addAuthenticator({
      isAuthProvider: user => user.authProvider?.name === RENEWED,
      applyAuthentication: (user, options) =>
        renewed.applyAuthentication(user, options),
    });
  kubeConfig.loadFromString(
    JSON.stringify({
      'current-context': NAME,
      contexts: [{ name: NAME, context: { cluster: NAME, user: NAME } }],
      clusters: [{ name: NAME, cluster: fields.cluster }],
      users: [
        {
          name: NAME,
          user: {
            ...fields.user,
            ...(renewed && { 'auth-provider': { name: RENEWED, config: {} } }),
          },
        },
      ],
    }),
  );
  return kubeConfig;
}

/** Returns the server of the cluster that this process runs in, and the files with its CA and token. */
export function findOwnCluster(): {
  server: string;
  caFile: string;
  tokenFile: string;
} {
  const kubeConfig = newKubeConfig();
  kubeConfig.loadFromCluster();
  const cluster = kubeConfig.getCurrentCluster();
  return {
    server: cluster?.server ?? '',
    caFile: cluster?.caFile ?? '',
    tokenFile:
      kubeConfig.getCurrentUser()?.authProvider?.config?.tokenFile ?? '',
  };
}

function newKubeConfig(): KubeConfig {
  const client =
    require('@kubernetes/client-node') as typeof import('@kubernetes/client-node');
  return new client.KubeConfig();
}

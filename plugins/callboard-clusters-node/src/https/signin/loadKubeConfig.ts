import type { KubeconfigFields } from '@callboard/kubeconfig';
import type { KubeConfig } from '@kubernetes/client-node';

type Authenticator = Parameters<KubeConfig['addAuthenticator']>[0];

/** Name of the authenticator that is ours; none of the client's answers to it. */
const RENEWED = 'callboard-renewed';

const NAME = 'callboard';

/**
 * A `KubeConfig` of one cluster and one user, of fields that were checked: no
 * program, no file, no issuer is among them. What needs one is given by our
 * authenticator, through the client's own door for such. The client is loaded when
 * the first kubeconfig is: it brings every type of Kubernetes with it.
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

/** Where the cluster is that this process runs in, and which files prove who it is. */
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

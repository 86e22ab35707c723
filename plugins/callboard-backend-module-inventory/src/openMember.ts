import {
  type KubeconfigFile,
  openHttpsTransport,
  transportOpener,
} from '@callboard/plugin-callboard-clusters-node';
import { ProblemError } from '@callboard/plugin-callboard-common';
import type { ClusterTransport } from '@callboard/plugin-callboard-node';
import type { Hub } from './hubs/Hub';
import type { InventoryCluster } from './InventoryCluster';

/** A program that issues credentials for clusters whose profile names it (KEP-5339). */
export interface AccessProvider {
  name: string;
  /** Like `exec` of a user in a kubeconfig. */
  exec: object;
  execEnv?: string[];
}

/** How the portal signs in to the clusters of an inventory. */
export type MemberAccess =
  | { kind: 'kubeconfig'; kubeconfig: Omit<KubeconfigFile, 'context'> }
  | { kind: 'token-secret'; secret: string }
  | { kind: 'providers'; providers: readonly AccessProvider[] }
  | { kind: 'none' };

/**
 * Returns a function that opens transports to one cluster of an inventory.
 * Missing settings are reported when it is called.
 */
export function openMember(
  { file, address, provider }: InventoryCluster,
  access: MemberAccess,
  hub?: Hub,
): () => Promise<ClusterTransport> {
  const { name } = file.metadata;
  switch (access.kind) {
    case 'kubeconfig':
      return transportOpener(name, {
        kubeconfig: { ...access.kubeconfig, context: name },
      });
    case 'token-secret':
      return async () => {
        if (hub === undefined || address === undefined)
          throw noWay(
            name,
            'its inventory names no address of its API server',
            'Let its hub say it (managedClusterClientConfigs), or give a kubeconfig with a context of its name',
          );
        const caData = address['certificate-authority-data'];
        return openHttpsTransport(name, {
          url: address.server,
          token: await hub.readToken(name, access.secret),
          ...(typeof caData === 'string' && { caData }),
        });
      };
    case 'providers': {
      const found = access.providers.find(each => each.name === provider);
      if (found === undefined || address === undefined)
        return refuse(
          name,
          'its ClusterProfile names none of the access providers that the portal has',
          `Let its cluster manager publish one of: ${access.providers
            .map(each => each.name)
            .join(', ')}`,
        );
      return transportOpener(name, {
        address,
        exec: found.exec,
        ...(found.execEnv && { execEnv: found.execEnv }),
      });
    }
    case 'none':
      return refuse(
        name,
        'the configuration does not say how to sign in to the clusters of its inventory',
        'Set members of the inventory: kubeconfig, tokenSecret or providers',
      );
    default:
      return access satisfies never;
  }
}

function refuse(name: string, why: string, next: string) {
  return () => Promise.reject(noWay(name, why, next));
}

function noWay(cluster: string, why: string, next: string): ProblemError {
  return new ProblemError({
    code: 'cluster-config-refused',
    what: `Cannot connect to cluster "${cluster}"`,
    why,
    next,
    transient: false,
  });
}

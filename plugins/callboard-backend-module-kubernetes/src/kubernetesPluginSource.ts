import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  API_VERSION,
  type ClusterFile,
  ProblemError,
  findNameFault,
} from '@callboard/plugin-callboard-common';
import {
  type ClusterTransport,
  DEFAULT_LIVENESS_MS,
  PolledSource,
} from '@callboard/plugin-callboard-node';
import { AccessReviews } from './AccessReviews';
import {
  type KubernetesPlugin,
  type PluginCluster,
  usesTokenOfPerson,
} from './KubernetesPlugin';
import { ProxyTransport } from './ProxyTransport';
import type {
  ClusterSettings,
  KubernetesSettings,
} from './readKubernetesConfig';

export interface KubernetesPluginSourceDeps {
  plugin: KubernetesPlugin;
  settings: KubernetesSettings;
  logger: LoggerService;
}

/** A cluster of the plugin that Callboard uses, with its settings. */
interface TakenCluster {
  file: ClusterFile;
  access: 'deliver' | 'observe';
  livenessDeadlineMs: number;
  authProvider: string;
}

/**
 * The clusters of Backstage's Kubernetes plugin. A cluster on which Callboard
 * may only read is observed: nothing is placed there, and it gets no blueprint.
 */
export function kubernetesPluginSource({
  plugin,
  settings,
  logger,
}: KubernetesPluginSourceDeps): PolledSource<TakenCluster> {
  const reviews = new AccessReviews(plugin);
  return new PolledSource({
    name: 'kubernetes-plugin',
    read: async () => {
      const { chosen, complaints } = choose(
        await plugin.listClusters(),
        settings.clusters,
      );
      await reviews.renew(chosen.map(({ cluster }) => cluster));
      const clusters = chosen.map(({ cluster, own }) =>
        describe(cluster, reviews.accessOf(cluster), own),
      );
      return { clusters, complaints };
    },
    register: ({ authProvider, ...cluster }) => ({
      ...cluster,
      connectionKind: 'backstage',
      openTransport: () =>
        open(cluster.file.metadata.name, authProvider, plugin),
    }),
    refreshMs: settings.refreshMs,
    logger,
  });
}

/** Returns the clusters that Callboard uses, with their settings. */
function choose(
  found: readonly PluginCluster[],
  wanted: readonly ClusterSettings[] | undefined,
): {
  chosen: Array<{ cluster: PluginCluster; own?: ClusterSettings }>;
  complaints: string[];
} {
  const complaints: string[] = [];
  const chosen = found.flatMap(cluster => {
    const own = wanted?.find(({ name }) => name === cluster.name);
    if (wanted && !own) return [];
    const fault = findNameFault(cluster.name);
    if (fault) {
      complaints.push(`cluster "${cluster.name}" is left out: ${fault}`);
      return [];
    }
    return [{ cluster, ...(own && { own }) }];
  });
  for (const { name } of wanted ?? [])
    if (!found.some(cluster => cluster.name === name))
      complaints.push(
        `"${name}" of callboard.kubernetes.clusters is none of the Kubernetes plugin`,
      );
  return { chosen, complaints };
}

function describe(
  { name, title, authProvider }: PluginCluster,
  access: TakenCluster['access'],
  own?: ClusterSettings,
): TakenCluster {
  const shown = own?.title ?? title;
  return {
    file: {
      apiVersion: API_VERSION,
      kind: 'Cluster',
      metadata: {
        name,
        ...(shown !== undefined && { title: shown }),
        ...(own?.labels && { labels: own.labels }),
      },
      spec: own?.spec ?? {},
    },
    access,
    livenessDeadlineMs: own?.livenessDeadlineMs ?? DEFAULT_LIVENESS_MS,
    authProvider,
  };
}

async function open(
  name: string,
  authProvider: string,
  plugin: KubernetesPlugin,
): Promise<ClusterTransport> {
  if (usesTokenOfPerson(authProvider))
    throw new ProblemError({
      code: 'cluster-config-refused',
      what: `Cannot connect to cluster "${name}"`,
      why: `the Kubernetes plugin signs in there with the token of the person who looks (authProvider "${authProvider}")`,
      next: 'Let the plugin sign in by itself (serviceAccount, aws, azure, googleServiceAccount), or join the cluster with an agent',
      transient: false,
    });
  return ProxyTransport.open(name, plugin);
}

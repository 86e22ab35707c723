import {
  type ClusterFile,
  type KubeObject,
  isRecord,
} from '@callboard/plugin-callboard-common';
import type { InventoryCluster, InventoryReading } from '../InventoryCluster';
import {
  describeCluster,
  namedTextsIn,
  textOf,
  textsIn,
} from '../describeCluster';

type Taint = NonNullable<ClusterFile['spec']['taints']>[number];

const CLUSTER_SET = 'cluster.open-cluster-management.io/clusterset';
const EFFECTS = ['NoSelect', 'PreferNoSelect', 'NoSelectIfNew'] as const;
/** Nothing new is placed on a cluster that is being removed from its hub. */
const TERMINATING: Taint = {
  key: 'cluster.open-cluster-management.io/terminating',
  effect: 'NoSelect',
};

/**
 * Returns the clusters of a hub of Open Cluster Management: labels, claims,
 * taints, set and address of its ManagedClusters. Clusters that the hub has not
 * accepted are left out.
 *
 * Source: open-cluster-management.io/api cluster/v1 ManagedCluster.
 */
export function readManagedClusters(
  objects: readonly KubeObject[],
): InventoryReading {
  const clusters: InventoryCluster[] = [];
  const complaints: string[] = [];
  for (const object of objects) {
    const { name } = object.metadata;
    const spec = isRecord(object.spec) ? object.spec : {};
    const status = isRecord(object.status) ? object.status : {};
    if (spec.hubAcceptsClient !== true) {
      complaints.push(`ManagedCluster "${name}" is not accepted by its hub`);
      continue;
    }
    const labels = textsIn(object.metadata.labels);
    const taints = readTaints(spec.taints);
    if (object.metadata.deletionTimestamp !== undefined)
      taints.push(TERMINATING);
    const claims = namedTextsIn(status.clusterClaims);
    const file = describeCluster(name, {
      labels,
      spec: {
        ...(Object.keys(claims).length > 0 && { claims }),
        ...(taints.length > 0 && { taints }),
        ...(labels[CLUSTER_SET] && { clusterSet: labels[CLUSTER_SET] }),
      },
    });
    if ('fault' in file) {
      complaints.push(`ManagedCluster "${name}" is left out: ${file.fault}`);
      continue;
    }
    const address = readAddress(spec.managedClusterClientConfigs);
    clusters.push({ file, ...(address && { address }) });
  }
  return { clusters, complaints };
}

function readTaints(list: unknown): Taint[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).flatMap(({ key, value, effect, timeAdded }) => {
    const known = EFFECTS.find(each => each === effect);
    const name = textOf(key);
    if (known === undefined || name === undefined) return [];
    const content = textOf(value);
    const added = textOf(timeAdded);
    return [
      {
        key: name,
        ...(content !== undefined && { value: content }),
        effect: known,
        ...(added !== undefined && { timeAdded: added }),
      },
    ];
  });
}

function readAddress(configs: unknown): InventoryCluster['address'] {
  const [config] = Array.isArray(configs) ? configs.filter(isRecord) : [];
  const server = textOf(config?.url);
  if (server === undefined) return undefined;
  return {
    server,
    ...(typeof config.caBundle === 'string' && {
      'certificate-authority-data': config.caBundle,
    }),
  };
}

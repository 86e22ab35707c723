import { type KubeObject, isRecord } from '@callboard/plugin-callboard-common';
import type { InventoryCluster, InventoryReading } from '../InventoryCluster';
import {
  describeCluster,
  namedTextsIn,
  textOf,
  textsIn,
} from '../describeCluster';

const CLUSTER_SET = 'multicluster.x-k8s.io/clusterset';

/**
 * Returns the clusters that a cluster manager publishes as ClusterProfiles:
 * labels, set and properties (as claims), with the address of the first of the
 * given access providers.
 *
 * @param providers - names of access providers that the portal can sign in
 *   with, in order of preference
 * @remarks Source: SIG Multicluster, KEP-4322 (ClusterProfile) and KEP-5339
 *   (access providers).
 */
export function readClusterProfiles(
  objects: readonly KubeObject[],
  providers: readonly string[],
): InventoryReading {
  const clusters = new Map<string, InventoryCluster>();
  const complaints: string[] = [];
  for (const object of [...objects].sort(byNamespaceAndName)) {
    const { name, namespace = '' } = object.metadata;
    const shown = `ClusterProfile "${namespace}/${name}"`;
    if (clusters.has(name)) {
      complaints.push(`${shown} is left out: another one has its name`);
      continue;
    }
    const spec = isRecord(object.spec) ? object.spec : {};
    const status = isRecord(object.status) ? object.status : {};
    const labels = textsIn(object.metadata.labels);
    const claims = namedTextsIn(status.properties);
    const title = textOf(spec.displayName);
    const file = describeCluster(name, {
      ...(title !== undefined && { title }),
      labels,
      spec: {
        ...(Object.keys(claims).length > 0 && { claims }),
        ...(labels[CLUSTER_SET] && { clusterSet: labels[CLUSTER_SET] }),
      },
    });
    if ('fault' in file) {
      complaints.push(`${shown} is left out: ${file.fault}`);
      continue;
    }
    const found = findProvider(status, providers);
    clusters.set(name, { file, ...found });
  }
  return { clusters: [...clusters.values()], complaints };
}

function findProvider(
  status: Record<string, unknown>,
  providers: readonly string[],
): Pick<InventoryCluster, 'address' | 'provider'> {
  // `credentialProviders` is the field's former name.
  const published = [status.accessProviders, status.credentialProviders]
    .flatMap(list => (Array.isArray(list) ? list : []))
    .filter(isRecord);
  for (const provider of providers) {
    const found = published.find(({ name }) => name === provider);
    if (!isRecord(found?.cluster)) continue;
    const server = textOf(found.cluster.server);
    if (server !== undefined)
      return { address: addressOf(server, found.cluster), provider };
  }
  return {};
}

/**
 * Keeps only fields that an inventory may set: no file of the portal's machine,
 * no proxy, no disabled verification of certificates.
 */
function addressOf(
  server: string,
  cluster: Record<string, unknown>,
): NonNullable<InventoryCluster['address']> {
  const taken = [
    'certificate-authority-data',
    'tls-server-name',
    'extensions',
  ].filter(name => cluster[name] !== undefined);
  return {
    server,
    ...Object.fromEntries(taken.map(name => [name, cluster[name]])),
  };
}

function byNamespaceAndName(a: KubeObject, b: KubeObject): number {
  const [one, other] = [a, b].map(
    ({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`,
  );
  return one < other ? -1 : Number(one > other);
}

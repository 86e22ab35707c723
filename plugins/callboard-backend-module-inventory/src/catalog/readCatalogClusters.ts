import { ENTITY_ANNOTATIONS } from '@callboard/plugin-callboard-common';
import type { Entity } from '@backstage/catalog-model';
import { describeCluster, textOf, textsIn } from '../describeCluster';
import type { InventoryCluster, InventoryReading } from '../InventoryCluster';

/** Annotations that Backstage's own Kubernetes plugin reads too. */
const API_SERVER = 'kubernetes.io/api-server';
const API_SERVER_CA = 'kubernetes.io/api-server-certificate-authority';
const CLAIM = 'claims.callboard.dev/';
const CLUSTER_SET = 'callboard.dev/cluster-set';

/** Returns the catalog's resources that are clusters; those that Callboard itself provides are left out. */
export function readCatalogClusters(
  entities: readonly Entity[],
): InventoryReading {
  const clusters = new Map<string, InventoryCluster>();
  const complaints: string[] = [];
  for (const { metadata, spec } of entities) {
    const annotations = textsIn(metadata.annotations);
    const { name } = metadata;
    if (annotations[ENTITY_ANNOTATIONS.cluster] !== undefined) continue;
    if (clusters.has(name)) {
      complaints.push(
        `Resource "${name}" is left out: another one has its name`,
      );
      continue;
    }
    const claims = claimsIn(annotations);
    const owner = textOf(spec?.owner);
    const file = describeCluster(name, {
      ...(metadata.title !== undefined && { title: metadata.title }),
      labels: textsIn(metadata.labels),
      spec: {
        ...(Object.keys(claims).length > 0 && { claims }),
        ...(annotations[CLUSTER_SET] && {
          clusterSet: annotations[CLUSTER_SET],
        }),
        ...(owner !== undefined && { owner }),
      },
    });
    if ('fault' in file) {
      complaints.push(`Resource "${name}" is left out: ${file.fault}`);
      continue;
    }
    const server = annotations[API_SERVER];
    const ca = annotations[API_SERVER_CA];
    clusters.set(name, {
      file,
      ...(server && {
        address: {
          server,
          ...(ca && { 'certificate-authority-data': ca }),
        },
      }),
    });
  }
  return { clusters: [...clusters.values()], complaints };
}

function claimsIn(annotations: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations)
      .filter(([key]) => key.startsWith(CLAIM))
      .map(([key, value]) => [key.slice(CLAIM.length), value]),
  );
}

import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson, toJson } from '../json';
import { closeVersion, findVersions, writeVersion } from '../temporal';
import type { ClusterRecord } from './ClusterRecord';

/** Labels that people set on a cluster by hand; each overrides the cluster's source. */
export interface ClusterLabelsRecord {
  cluster: string;
  labels: Record<string, string>;
  /** The last person to set or remove one of them. */
  by: string;
  since: Date;
}

/** Records all labels that are set by hand from `since` on; an empty set records that there are none. */
export async function saveHandLabels(
  tx: Knex.Transaction,
  { cluster, labels, by, since }: ClusterLabelsRecord,
): Promise<void> {
  if (Object.keys(labels).length === 0) {
    await closeHandLabels(tx, cluster, since);
    return;
  }
  await writeVersion(tx, 'cluster_labels', {
    about: { subject: cluster, cluster },
    values: { cluster, labels: toJson(labels), set_by: by },
    at: since,
  });
}

/** Records that no label of a cluster is set by hand any more. */
export async function closeHandLabels(
  tx: Knex.Transaction,
  cluster: string,
  at: Date,
): Promise<boolean> {
  return closeVersion(tx, 'cluster_labels', { subject: cluster, at });
}

/** Labels set by hand, by cluster. */
export async function findHandLabels(
  tx: Knex,
  { cluster, at }: { cluster?: string; at?: Date } = {},
): Promise<Map<string, ClusterLabelsRecord>> {
  const rows = await findVersions(tx, 'cluster_labels', {
    ...(cluster !== undefined && { subject: cluster }),
    at,
  });
  return new Map(
    rows.map(row => [
      row.cluster,
      {
        cluster: row.cluster,
        labels: fromJson<Record<string, string>>(row.labels),
        by: row.set_by,
        since: toDate(row.valid_from),
      },
    ]),
  );
}

/** Returns the cluster with its effective labels: those set by hand over those of its source. */
export function withHandLabels(
  cluster: ClusterRecord,
  byHand: ClusterLabelsRecord | undefined,
): ClusterRecord {
  if (!byHand) return cluster;
  const { file } = cluster;
  const ofSource = file.metadata.labels ?? {};
  return {
    ...cluster,
    file: {
      ...file,
      metadata: {
        ...file.metadata,
        labels: { ...ofSource, ...byHand.labels },
      },
    },
    handLabels: { ...byHand, ofSource },
  };
}

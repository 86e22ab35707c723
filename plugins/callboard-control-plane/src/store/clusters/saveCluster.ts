import type { Knex } from 'knex';
import { toJson, toOptionalJson } from '../json';
import { closeVersion, writeVersion } from '../temporal';
import type { ClusterRecord } from './ClusterRecord';

/** Records a cluster as its source describes it, from `at` on. @returns `added`, `changed` or `same` */
export async function saveCluster(
  tx: Knex.Transaction,
  cluster: ClusterRecord,
  at: Date,
): Promise<'added' | 'changed' | 'same'> {
  const { changed, before } = await writeVersion(tx, 'clusters', {
    about: { subject: cluster.name, cluster: cluster.name },
    values: {
      name: cluster.name,
      source: cluster.source,
      connection_kind: cluster.connectionKind,
      liveness_deadline_ms: cluster.livenessDeadlineMs,
      file: toJson(cluster.file),
      assignment: toOptionalJson(cluster.assignment),
    },
    at,
  });
  if (!changed) return 'same';
  return before ? 'changed' : 'added';
}

/** Records that no source lists a cluster any more. */
export async function closeCluster(
  tx: Knex.Transaction,
  name: string,
  at: Date,
): Promise<boolean> {
  return closeVersion(tx, 'clusters', { subject: name, at });
}

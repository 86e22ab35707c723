import type { Knex } from 'knex';
import { toDate } from '../instants';
import { closeVersion, findVersions, writeVersion } from '../temporal';

/** A cordoned cluster accepts no new apps; a draining one also evicts those that run there. */
export interface ClusterSchedulingRecord {
  cluster: string;
  mode: 'cordoned' | 'draining';
  /** Who set it, and why. */
  by: string;
  why?: string;
  since: Date;
}

/** Records that a cluster is cordoned or drained from `since` on. */
export async function saveScheduling(
  tx: Knex.Transaction,
  { cluster, mode, by, why, since }: ClusterSchedulingRecord,
): Promise<boolean> {
  const { changed } = await writeVersion(tx, 'cluster_schedulings', {
    about: { subject: cluster, cluster },
    values: { cluster, mode, set_by: by, why: why ?? null },
    at: since,
  });
  return changed;
}

/** Records that a cluster accepts apps again. */
export async function closeScheduling(
  tx: Knex.Transaction,
  cluster: string,
  at: Date,
): Promise<boolean> {
  return closeVersion(tx, 'cluster_schedulings', { subject: cluster, at });
}

/** Clusters that are cordoned or drained, by name. */
export async function findSchedulings(
  tx: Knex,
  at?: Date,
): Promise<Map<string, ClusterSchedulingRecord>> {
  const rows = await findVersions(tx, 'cluster_schedulings', { at });
  return new Map(
    rows.map(row => [
      row.cluster,
      {
        cluster: row.cluster,
        mode: row.mode as ClusterSchedulingRecord['mode'],
        by: row.set_by,
        ...(row.why !== null && { why: row.why }),
        since: toDate(row.valid_from),
      },
    ]),
  );
}

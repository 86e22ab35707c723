import type { Knex } from 'knex';
import { closeVersion, findVersions, writeVersion } from '../temporal';

/** Records why observed components cannot be read on a cluster; without a reason, that they can. */
export async function saveUnreadCluster(
  tx: Knex.Transaction,
  { cluster, why }: { cluster: string; why?: string },
  at: Date,
): Promise<void> {
  if (why === undefined) {
    await closeVersion(tx, 'unread_clusters', { subject: cluster, at });
    return;
  }
  await writeVersion(tx, 'unread_clusters', {
    about: { subject: cluster, cluster },
    values: { cluster, why },
    at,
  });
}

/** Why clusters cannot be read, now or at an instant, by cluster. */
export async function findUnreadClusters(
  tx: Knex,
  at?: Date,
): Promise<Map<string, string>> {
  const rows = await findVersions(tx, 'unread_clusters', { at });
  return new Map(rows.map(({ cluster, why }) => [cluster, why]));
}

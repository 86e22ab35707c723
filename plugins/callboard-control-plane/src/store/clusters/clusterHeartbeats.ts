import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { Instant } from '../tables';

/** Keeps the last contact with a cluster for the next process. Called rarely: the truth lives in memory. */
export async function saveHeartbeat(
  tx: Knex,
  cluster: string,
  seenAt: Date,
): Promise<void> {
  await tx('cluster_heartbeats')
    .insert({ cluster, seen_at: seenAt.getTime() })
    .onConflict('cluster')
    .merge(['seen_at']);
}

/** When each cluster was in contact last, as far as it was kept. */
export async function findHeartbeats(tx: Knex): Promise<Map<string, Date>> {
  const rows = (await tx('cluster_heartbeats').select()) as Array<{
    cluster: string;
    seen_at: Instant;
  }>;
  return new Map(rows.map(row => [row.cluster, toDate(row.seen_at)]));
}

import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { Instant } from '../tables';

/** How much later than the contact itself other processes read of it, while its process lives. */
export const HEARTBEAT_DELAY_MS = 5_000;

const PER_QUERY = 300; // two values each; SQLite takes 999 in all

/** When a cluster was in contact last. */
export interface Heartbeat {
  cluster: string;
  seenAt: Date;
}

/** Keeps the last contact with clusters, for other processes and for the next one. */
export async function saveHeartbeats(
  tx: Knex,
  heartbeats: readonly Heartbeat[],
): Promise<void> {
  for (let start = 0; start < heartbeats.length; start += PER_QUERY)
    await tx('cluster_heartbeats')
      .insert(
        heartbeats
          .slice(start, start + PER_QUERY)
          .map(({ cluster, seenAt }) => ({
            cluster,
            seen_at: seenAt.getTime(),
          })),
      )
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

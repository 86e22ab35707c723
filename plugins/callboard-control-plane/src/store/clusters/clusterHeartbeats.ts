import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { Instant } from '../tables';

/** Maximum delay until other processes read of a contact, while the process that has it is alive. */
export const HEARTBEAT_DELAY_MS = 5_000;

const PER_QUERY = 300; // two values each; SQLite takes 999 in all

/** The last contact with a cluster. */
export interface Heartbeat {
  cluster: string;
  seenAt: Date;
}

/** Saves the last contact with clusters, for other processes and for the next one. */
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

/** The last saved contact with each cluster. */
export async function findHeartbeats(tx: Knex): Promise<Map<string, Date>> {
  const rows = (await tx('cluster_heartbeats').select()) as Array<{
    cluster: string;
    seen_at: Instant;
  }>;
  return new Map(rows.map(row => [row.cluster, toDate(row.seen_at)]));
}

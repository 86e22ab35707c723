import type { SilenceInterval } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate, toOptionalDate } from '../instants';
import type { ClusterContactRow } from '../tables';
import { overlapOf } from './overlapOf';
import type { WindowRead } from './readWithin';

/** Times in which clusters that an app was ever on did not answer, that overlap a window; newest first. */
export async function findSilences(
  tx: Knex,
  app: string,
  { limit, ...window }: WindowRead,
): Promise<SilenceInterval[]> {
  const clusters = tx('subjects')
    .where({ fact: 'deployments', app })
    .select('cluster');
  const query = overlapOf(tx, 'cluster_contacts', window)
    .whereIn('known.subject', clusters)
    .where('fact.state', 'lost')
    .select('fact.*')
    .orderBy('fact.valid_from', 'desc')
    .orderBy('fact.subject');
  if (limit !== undefined) query.limit(limit);
  return ((await query) as ClusterContactRow[]).map(row => {
    const to = toOptionalDate(row.valid_to);
    return {
      cluster: row.cluster,
      // Nothing is known of it since it was in contact last, however late that was noticed.
      from: toOptionalDate(row.last_seen_at) ?? toDate(row.valid_from),
      ...(to && { to }),
    };
  });
}

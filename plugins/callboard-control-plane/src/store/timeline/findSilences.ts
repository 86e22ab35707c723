import type { SilenceInterval } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate, toOptionalDate } from '../instants';
import type { ClusterContactRow } from '../tables';
import { overlapOf } from './overlapOf';
import type { WindowRead } from './readWithin';

/** Intervals without contact with clusters that an app was ever on, that overlap a window; newest first. */
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
      // Its state is unknown since the last contact, however late the loss was noticed.
      from: toOptionalDate(row.last_seen_at) ?? toDate(row.valid_from),
      ...(to && { to }),
    };
  });
}

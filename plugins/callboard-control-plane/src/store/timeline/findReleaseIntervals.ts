import type { ReleaseInterval } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate, toOptionalDate } from '../instants';
import type { EnvironmentReleaseRow } from '../tables';
import { overlapOf } from './overlapOf';
import type { WindowRead } from './readWithin';

/** Intervals in which environments of an app had one desired release, that overlap a window; newest first. */
export async function findReleaseIntervals(
  tx: Knex,
  app: string,
  { limit, ...window }: WindowRead,
): Promise<ReleaseInterval[]> {
  const query = overlapOf(tx, 'environment_releases', window)
    .where('known.app', app)
    .select('fact.*', { before: releaseBefore(tx) })
    .orderBy('fact.valid_from', 'desc')
    .orderBy('fact.subject');
  if (limit !== undefined) query.limit(limit);
  const rows = (await query) as Array<
    EnvironmentReleaseRow & { before: number | null }
  >;
  return rows.map(row => {
    const to = toOptionalDate(row.valid_to);
    return {
      environment: row.environment,
      release: row.release,
      ...(row.before !== null && {
        before: row.before,
        change: row.change,
      }),
      by: row.released_by,
      from: toDate(row.valid_from),
      ...(to && { to }),
    };
  });
}

function releaseBefore(tx: Knex): Knex.QueryBuilder {
  return tx({ past: 'environment_releases' })
    .where('past.subject', tx.ref('fact.subject'))
    .where('past.valid_from', '<', tx.ref('fact.valid_from'))
    .orderBy('past.valid_from', 'desc')
    .limit(1)
    .select('past.release');
}

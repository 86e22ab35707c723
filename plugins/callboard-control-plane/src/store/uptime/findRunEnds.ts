import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { Instant } from '../tables';

/** End of the last run that ended by an instant, and end of the run that began last. */
export async function findRunEnds(
  tx: Knex,
  upTo: Date,
): Promise<{ lastUntil?: Date; newestUntil?: Date }> {
  const last = (await tx('portal_runs')
    .where('until_at', '<=', upTo.getTime())
    .max({ until: 'until_at' })
    .first()) as { until: Instant | null };
  const newest = (await tx('portal_runs')
    .orderBy('position', 'desc')
    .first('until_at')) as { until_at: Instant } | undefined;
  return {
    ...(last.until !== null && { lastUntil: toDate(last.until) }),
    ...(newest && { newestUntil: toDate(newest.until_at) }),
  };
}

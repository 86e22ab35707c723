import type { PortalRun } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { PortalRunRow } from '../tables';

/** Runs that touch a window, the last one before it and the first one after it: enough to know every gap in it. */
export async function findRuns(
  tx: Knex,
  window: { from: Date; to: Date },
): Promise<PortalRun[]> {
  const from = window.from.getTime();
  const to = window.to.getTime();
  const before = tx('portal_runs').where('until_at', '<', from).max('until_at');
  const after = tx('portal_runs').where('began_at', '>', to).min('began_at');
  const rows = (await tx('portal_runs')
    .where(within =>
      within.where('until_at', '>=', from).where('began_at', '<=', to),
    )
    .orWhere('until_at', before)
    .orWhere('began_at', after)
    .orderBy('position')) as PortalRunRow[];
  return rows.map(row => ({
    from: toDate(row.began_at),
    until: toDate(row.until_at),
    ...(row.after !== null && { after: row.after }),
  }));
}

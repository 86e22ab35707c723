import type { PortalRun } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import type { PortalRunRow } from '../tables';

/**
 * Begins a run that lasts until it is extended.
 *
 * @returns its position, by which it is extended
 */
export async function beginRun(
  tx: Knex,
  {
    holder,
    at,
    after,
    entry,
  }: {
    holder: string;
    at: Date;
    after?: PortalRun['after'];
    /** The journal entry about the time before it. */
    entry?: number;
  },
): Promise<number> {
  const [{ position }] = (await tx('portal_runs')
    .insert({
      holder,
      began_at: at.getTime(),
      until_at: at.getTime(),
      after: after ?? null,
      entry: entry ?? null,
    })
    .returning('position')) as Array<Pick<PortalRunRow, 'position'>>;
  return position;
}

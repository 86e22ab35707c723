import type { Knex } from 'knex';

/** Extends a run until an instant. One that lasts longer already is left unchanged. */
export async function extendRun(
  tx: Knex,
  position: number,
  until: Date,
): Promise<void> {
  await tx('portal_runs')
    .where({ position })
    .where('until_at', '<', until.getTime())
    .update({ until_at: until.getTime() });
}

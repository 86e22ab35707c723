import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { ReleaseRow } from '../tables';
import type { ReleaseRecord } from './ReleaseRecord';
import { pairsOf } from './pairsOf';

/** A release without its content. */
export type ReleaseHead = Omit<ReleaseRecord, 'content'>;

/** Releases by app and number, without their content; keys are `app/number`. */
export async function findReleaseHeads(
  tx: Knex,
  wanted: ReadonlyArray<{ app: string; number: number }>,
): Promise<Map<string, ReleaseHead>> {
  const heads = new Map<string, ReleaseHead>();
  for (const pairs of pairsOf(wanted)) {
    const rows = (await tx('releases')
      .whereIn(['app', 'number'], pairs)
      .select(
        'app',
        'number',
        'commit',
        'position',
        'message',
        'author',
        'created_by',
        'created_at',
        'renderer',
      )) as Array<Omit<ReleaseRow, 'content'>>;
    for (const row of rows) {
      heads.set(`${row.app}/${row.number}`, {
        app: row.app,
        number: row.number,
        commit: row.commit,
        position: row.position,
        message: row.message,
        author: row.author,
        createdBy: row.created_by,
        createdAt: toDate(row.created_at),
        renderer: row.renderer,
      });
    }
  }
  return heads;
}

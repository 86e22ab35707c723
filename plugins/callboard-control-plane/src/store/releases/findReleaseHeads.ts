import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { ReleaseRow } from '../tables';
import type { ReleaseRecord } from './ReleaseRecord';

/** A release without what it is made of. */
export type ReleaseHead = Omit<ReleaseRecord, 'content'>;

const PER_QUERY = 300; // two values each; SQLite takes 999 in all

/** Releases by app and number, without their content; keys are `app/number`. */
export async function findReleaseHeads(
  tx: Knex,
  wanted: ReadonlyArray<{ app: string; number: number }>,
): Promise<Map<string, ReleaseHead>> {
  const heads = new Map<string, ReleaseHead>();
  for (let start = 0; start < wanted.length; start += PER_QUERY) {
    const pairs = wanted
      .slice(start, start + PER_QUERY)
      .map(({ app, number }) => [app, number]);
    const rows = (await tx('releases')
      .whereIn(['app', 'number'], pairs)
      .select(
        'app',
        'number',
        'commit',
        'message',
        'author',
        'created_by',
        'created_at',
      )) as Array<Omit<ReleaseRow, 'content'>>;
    for (const row of rows) {
      heads.set(`${row.app}/${row.number}`, {
        app: row.app,
        number: row.number,
        commit: row.commit,
        message: row.message,
        author: row.author,
        createdBy: row.created_by,
        createdAt: toDate(row.created_at),
      });
    }
  }
  return heads;
}

import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson } from '../json';
import type { RevisionRow } from '../tables';
import type { RevisionRecord, RevisionSpec } from './RevisionRecord';

/** One pushed commit, if it was pushed. */
export async function findRevision(
  tx: Knex,
  app: string,
  commit: string,
): Promise<RevisionRecord | undefined> {
  const row = (await tx('revisions').where({ app, commit }).first()) as
    | RevisionRow
    | undefined;
  return row && toRecord(row);
}

/** The newest push of an app, up to an instant. */
export async function findNewestRevision(
  tx: Knex,
  app: string,
  at?: Date,
): Promise<RevisionRecord | undefined> {
  const query = tx('revisions')
    .where({ app })
    .orderBy('position', 'desc')
    .first();
  if (at) query.where('pushed_at', '<=', at.getTime());
  const row = (await query) as RevisionRow | undefined;
  return row && toRecord(row);
}

function toRecord(row: RevisionRow): RevisionRecord {
  return {
    app: row.app,
    commit: row.commit,
    position: row.position,
    message: row.message,
    author: row.author,
    pushedBy: row.pushed_by,
    pushedAt: toDate(row.pushed_at),
    spec: fromJson<RevisionSpec>(row.spec),
  };
}

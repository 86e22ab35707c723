import type { RevisionSpec } from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson } from '../json';
import type { RevisionRow } from '../tables';
import type { RevisionRecord } from './RevisionRecord';

/** The revision of a commit, if it was pushed; the newest one where it was pushed again. */
export async function findRevision(
  tx: Knex,
  app: string,
  commit: string,
): Promise<RevisionRecord | undefined> {
  const row = (await tx('revisions')
    .where({ app, commit })
    .orderBy('position', 'desc')
    .first()) as RevisionRow | undefined;
  return row && toRecord(row);
}

/** The revision at a position. */
export async function findRevisionAt(
  tx: Knex,
  { app, position }: Pick<RevisionRecord, 'app' | 'position'>,
): Promise<RevisionRecord | undefined> {
  const row = (await tx('revisions').where({ app, position }).first()) as
    | RevisionRow
    | undefined;
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

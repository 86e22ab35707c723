import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson } from '../json';
import type { ReleaseRow } from '../tables';
import type { RevisionRecord } from '../revisions';
import type { ReleaseContent, ReleaseRecord } from './ReleaseRecord';

/** One release, if it exists. */
export async function findRelease(
  tx: Knex,
  app: string,
  number: number,
): Promise<ReleaseRecord | undefined> {
  const row = (await tx('releases').where({ app, number }).first()) as
    | ReleaseRow
    | undefined;
  return row && toRecord(row);
}

/** The release that was made from a revision, if any. */
export async function findReleaseOfRevision(
  tx: Knex,
  { app, position }: Pick<RevisionRecord, 'app' | 'position'>,
): Promise<ReleaseRecord | undefined> {
  const row = (await tx('releases').where({ app, position }).first()) as
    | ReleaseRow
    | undefined;
  return row && toRecord(row);
}

/** Releases of an app, newest first, up to an instant. */
export async function findReleases(
  tx: Knex,
  app: string,
  options: {
    at?: Date;
    before?: number;
    limit?: number;
    commit?: string;
  } = {},
): Promise<ReleaseRecord[]> {
  const query = tx('releases').where({ app }).orderBy('number', 'desc');
  if (options.at) query.where('created_at', '<=', options.at.getTime());
  if (options.before !== undefined) query.where('number', '<', options.before);
  if (options.commit !== undefined) query.where('commit', options.commit);
  if (options.limit) query.limit(options.limit);
  const rows = (await query) as ReleaseRow[];
  return rows.map(toRecord);
}

function toRecord(row: ReleaseRow): ReleaseRecord {
  return {
    app: row.app,
    number: row.number,
    commit: row.commit,
    position: row.position,
    message: row.message,
    author: row.author,
    createdBy: row.created_by,
    createdAt: toDate(row.created_at),
    renderer: row.renderer,
    content: fromJson<ReleaseContent>(row.content),
  };
}

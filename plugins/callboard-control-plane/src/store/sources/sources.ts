import type { Problem } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson, toJson } from '../json';
import type { AppSourceRow } from '../tables';
import type { SourceLook, SourceRecord } from './SourceRecord';

const TABLE = 'app_sources';

/** The source that an app follows; undefined where it is pushed to. */
export async function findSource(
  tx: Knex,
  app: string,
): Promise<SourceRecord | undefined> {
  const row: AppSourceRow | undefined = await tx(TABLE).where({ app }).first();
  return row && toRecord(row);
}

/** The sources of all apps, by app name. */
export async function findSources(tx: Knex): Promise<SourceRecord[]> {
  const rows: AppSourceRow[] = await tx(TABLE).orderBy('app');
  return rows.map(toRecord);
}

/** Sets the source of an app, replacing the one before. */
export async function saveSource(
  tx: Knex.Transaction,
  { app, url, branch, path, connectedBy, connectedAt, look }: SourceRecord,
): Promise<void> {
  await tx(TABLE)
    .insert({
      app,
      url,
      branch,
      path: path ?? null,
      connected_by: connectedBy,
      connected_at: connectedAt.getTime(),
      ...lookColumns(look),
    })
    .onConflict('app')
    .merge();
}

/**
 * Records the result of a poll, where the app still follows this source.
 *
 * @returns false where the source has changed since
 */
export async function saveSourceLook(
  tx: Knex,
  {
    app,
    url,
    branch,
    path,
  }: Pick<SourceRecord, 'app' | 'url' | 'branch' | 'path'>,
  look: SourceLook,
): Promise<boolean> {
  const count = await tx(TABLE)
    .where({ app, url, branch, path: path ?? null })
    .update(lookColumns(look));
  return count > 0;
}

/** @returns false where the app followed nothing */
export async function deleteSource(
  tx: Knex.Transaction,
  app: string,
): Promise<boolean> {
  return (await tx(TABLE).where({ app }).del()) > 0;
}

function lookColumns({ at, commit, head, problem, failures }: SourceLook) {
  return {
    checked_at: at?.getTime() ?? null,
    commit: commit ?? null,
    head: head ?? null,
    problem: problem === undefined ? null : toJson(problem),
    failures,
  };
}

function toRecord(row: AppSourceRow): SourceRecord {
  return {
    app: row.app,
    url: row.url,
    branch: row.branch,
    ...(row.path !== null && { path: row.path }),
    connectedBy: row.connected_by,
    connectedAt: toDate(row.connected_at),
    look: {
      ...(row.checked_at !== null && { at: toDate(row.checked_at) }),
      ...(row.commit !== null && { commit: row.commit }),
      ...(row.head !== null && { head: row.head }),
      ...(row.problem !== null && { problem: fromJson<Problem>(row.problem) }),
      failures: row.failures,
    },
  };
}

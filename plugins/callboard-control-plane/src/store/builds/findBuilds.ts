import type { Knex } from 'knex';
import type { Problem } from '@callboard/plugin-callboard-common';
import { toDate, toOptionalDate } from '../instants';
import { fromOptionalJson } from '../json';
import { findApps } from '../apps';
import type { BuildRow } from '../tables';
import type { BuildRecord } from './BuildRecord';

/** The build of a commit; the newest one where it was pushed again. */
export async function findBuild(
  tx: Knex,
  app: string,
  commit: string,
): Promise<BuildRecord | undefined> {
  const row = (await tx('builds')
    .where({ app, commit })
    .orderBy('position', 'desc')
    .first()) as BuildRow | undefined;
  return row && toRecord(row);
}

/** All builds of an app, newest first. */
export async function findBuildsOf(
  tx: Knex,
  app: string,
): Promise<BuildRecord[]> {
  const rows = (await tx('builds')
    .where({ app })
    .orderBy('position', 'desc')) as BuildRow[];
  return rows.map(toRecord);
}

/** The oldest unfinished build of an app: builds run in the order of the pushes. */
export async function findNextBuild(
  tx: Knex,
  app: string,
): Promise<BuildRecord | undefined> {
  const row = (await tx('builds')
    .where({ app, state: 'pending' })
    .orderBy('position')
    .first()) as BuildRow | undefined;
  return row && toRecord(row);
}

/** Apps with a pending build, by name, and their owners. */
export async function findAppsToBuild(
  tx: Knex,
): Promise<Array<{ app: string; owner?: string }>> {
  const rows = (await tx('builds')
    .where({ state: 'pending' })
    .distinct('app')
    .orderBy('app')) as Array<{ app: string }>;
  const owners = new Map(
    (await findApps(tx)).map(({ name, owner }) => [name, owner]),
  );
  return rows.map(({ app }) => ({ app, owner: owners.get(app) }));
}

/**
 * The build of the newest push of each app, by app, up to an instant: a build
 * that ended later is unfinished at that instant.
 */
export async function findNewestBuilds(
  tx: Knex,
  filter: { app?: string; at?: Date } = {},
): Promise<Map<string, BuildRecord>> {
  const last = tx({ any: 'builds' })
    .max('any.position')
    .where('any.app', tx.ref('one.app'));
  if (filter.at) last.where('any.requested_at', '<=', filter.at.getTime());
  const query = tx({ one: 'builds' })
    .where('one.position', '=', last)
    .select('one.*');
  if (filter.app !== undefined) query.where('one.app', filter.app);
  const rows = (await query) as BuildRow[];
  return new Map(rows.map(row => [row.app, asItWas(toRecord(row), filter.at)]));
}

function asItWas(build: BuildRecord, at: Date | undefined): BuildRecord {
  if (!at || !build.finishedAt || build.finishedAt <= at) return build;
  const { finishedAt: _later, problem: _unknown, ...rest } = build;
  return { ...rest, state: 'pending' };
}

function toRecord(row: BuildRow): BuildRecord {
  const startedAt = toOptionalDate(row.started_at);
  const finishedAt = toOptionalDate(row.finished_at);
  const problem = fromOptionalJson<Problem>(row.problem);
  return {
    app: row.app,
    commit: row.commit,
    position: row.position,
    state: row.state as BuildRecord['state'],
    builder: row.builder,
    requestedAt: toDate(row.requested_at),
    ...(startedAt && { startedAt }),
    ...(finishedAt && { finishedAt }),
    ...(problem && { problem }),
  };
}

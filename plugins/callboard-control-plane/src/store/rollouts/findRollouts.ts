import type { Rollout } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson } from '../json';
import type { RolloutRow } from '../tables';
import { findVersion, findVersions } from '../temporal';
import type { RolloutRecord } from './RolloutRecord';

/** The newest rollouts of one app (or of all), by app and environment. */
export async function findRollouts(
  tx: Knex,
  filter: { app?: string; at?: Date } = {},
): Promise<RolloutRecord[]> {
  const rows = await findVersions(tx, 'rollouts', filter);
  return rows.map(toRecord);
}

/** The newest rollout of one environment of an app, under way or finished; `undefined` where there was none. */
export async function findRollout(
  tx: Knex,
  key: { app: string; environment: string },
  at?: Date,
): Promise<RolloutRecord | undefined> {
  const row = await findVersion(tx, 'rollouts', {
    subject: `${key.app}/${key.environment}`,
    at,
  });
  return row && toRecord(row);
}

/** Rollouts that are not finished, of all apps. */
export async function findRolloutsUnderWay(tx: Knex): Promise<RolloutRecord[]> {
  const rows = (await tx('rollouts')
    .whereNull('valid_to')
    .whereNull('finished_at')
    .orderBy('subject')) as RolloutRow[];
  return rows.map(toRecord);
}

/** Whether a rollout of this environment is under way. Reads only that. */
export async function isRollingOut(
  tx: Knex,
  key: { app: string; environment: string },
): Promise<boolean> {
  const row = await tx('rollouts')
    .where({ subject: `${key.app}/${key.environment}` })
    .whereNull('valid_to')
    .whereNull('finished_at')
    .first('release');
  return row !== undefined;
}

function toRecord(row: RolloutRow): RolloutRecord {
  return {
    app: row.app,
    environment: row.environment,
    release: row.release,
    ...(row.release_before !== null && { before: row.release_before }),
    ...(row.settings !== null && { settings: row.settings }),
    ...(row.settings_before !== null && {
      settingsBefore: row.settings_before,
    }),
    startedBy: row.started_by,
    startedAt: toDate(row.started_at),
    ...(row.finished_at !== null && { finishedAt: toDate(row.finished_at) }),
    held: fromJson<string[]>(row.held),
    contacts: fromJson<Record<string, number>>(row.contacts),
    rollout: fromJson<Rollout>(row.state),
  };
}

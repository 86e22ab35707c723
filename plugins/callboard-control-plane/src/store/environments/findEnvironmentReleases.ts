import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { EnvironmentReleaseRow } from '../tables';
import { findVersion, findVersions } from '../temporal';
import type { EnvironmentReleaseRecord } from './EnvironmentReleaseRecord';

/** What the environments of one app (or of all) shall run, by app and environment. */
export async function findEnvironmentReleases(
  tx: Knex,
  filter: { app?: string; at?: Date } = {},
): Promise<EnvironmentReleaseRecord[]> {
  const rows = await findVersions(tx, 'environment_releases', filter);
  return rows.map(toRecord);
}

/** What one environment of an app shall run; `undefined` before its first release. */
export async function findEnvironmentRelease(
  tx: Knex,
  key: { app: string; environment: string },
  at?: Date,
): Promise<EnvironmentReleaseRecord | undefined> {
  const row = await findVersion(tx, 'environment_releases', {
    subject: `${key.app}/${key.environment}`,
    at,
  });
  return row && toRecord(row);
}

/** True when a release was ever wanted in an environment. */
export async function wasReleasedIn(
  tx: Knex,
  release: { app: string; environment: string; release: number },
): Promise<boolean> {
  const row = await tx('environment_releases')
    .where({
      subject: `${release.app}/${release.environment}`,
      release: release.release,
    })
    .first('release');
  return row !== undefined;
}

/** Where a release was wanted first, and since when. */
export async function findFirstRelease(
  tx: Knex,
  release: { app: string; release: number },
): Promise<EnvironmentReleaseRecord | undefined> {
  const row = (await tx('environment_releases')
    .where({ app: release.app, release: release.release })
    .orderBy('valid_from')
    .first()) as EnvironmentReleaseRow | undefined;
  return row && toRecord(row);
}

function toRecord(row: EnvironmentReleaseRow): EnvironmentReleaseRecord {
  return {
    app: row.app,
    environment: row.environment,
    release: row.release,
    releasedBy: row.released_by,
    releasedAt: toDate(row.valid_from),
  };
}

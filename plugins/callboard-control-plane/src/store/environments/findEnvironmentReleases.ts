import type { Approval } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { EnvironmentReleaseRow } from '../tables';
import { findVersion, findVersions } from '../temporal';
import type { EnvironmentReleaseRecord } from './EnvironmentReleaseRecord';

/** Desired releases of the environments of one app (or of all), by app and environment. */
export async function findEnvironmentReleases(
  tx: Knex,
  filter: { app?: string; at?: Date } = {},
): Promise<EnvironmentReleaseRecord[]> {
  const rows = await findVersions(tx, 'environment_releases', filter);
  return rows.map(toRecord);
}

/** Desired release of one environment of an app; `undefined` before its first release. */
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

/** True when the release was ever the desired one in an environment. */
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

/** The approval of a release in an environment, whether or not it is desired there now. */
export async function findApproval(
  tx: Knex,
  release: { app: string; environment: string; release: number },
): Promise<Approval | undefined> {
  const row = (await tx('environment_releases')
    .where({
      subject: `${release.app}/${release.environment}`,
      release: release.release,
    })
    .whereNotNull('approved_for')
    .orderBy('valid_from', 'desc')
    .first()) as EnvironmentReleaseRow | undefined;
  return row && approvalOf(row).approval;
}

/** The first environment in which a release was desired, and since when. */
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
    ...approvalOf(row),
  };
}

/** Reads the columns of an approval. */
export function approvalOf({
  approved_for: group,
  approved_by: by,
}: Pick<EnvironmentReleaseRow, 'approved_for' | 'approved_by'>): {
  approval?: Approval;
} {
  return group === null || by === null ? {} : { approval: { group, by } };
}

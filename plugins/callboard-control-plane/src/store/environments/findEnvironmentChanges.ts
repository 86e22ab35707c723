import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { EnvironmentReleaseRow } from '../tables';

/** A release that was deployed to an environment of an app. */
export interface EnvironmentChangeRecord {
  app: string;
  environment: string;
  release: number;
  by: string;
  at: Date;
}

/** Releases that were deployed to environments since an instant, newest first. */
export async function findEnvironmentChanges(
  tx: Knex,
  { since, most }: { since: Date; most: number },
): Promise<EnvironmentChangeRecord[]> {
  const rows = (await tx('environment_releases')
    .where('valid_from', '>=', since.getTime())
    .orderBy([{ column: 'valid_from', order: 'desc' }, 'subject'])
    .limit(most)) as EnvironmentReleaseRow[];
  return rows.map(row => ({
    app: row.app,
    environment: row.environment,
    release: row.release,
    by: row.released_by,
    at: toDate(row.valid_from),
  }));
}

/** Number of these changes. */
export async function countEnvironmentChanges(
  tx: Knex,
  { since }: { since: Date },
): Promise<number> {
  const row = await tx('environment_releases')
    .where('valid_from', '>=', since.getTime())
    .count({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

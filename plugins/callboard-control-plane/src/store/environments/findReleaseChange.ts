import type { ReleaseChange } from '@callboard/plugin-callboard-common';
import { nameChange } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { Instant } from '../tables';

/** Returns the kind of change that replaces an environment's release with another. */
export async function findReleaseChange(
  tx: Knex,
  of: { app: string; environment: string; release: number; before: number },
): Promise<ReleaseChange> {
  const { app, environment, release, before } = of;
  const rows = (await tx('environment_releases')
    .where({ subject: `${app}/${environment}` })
    .whereIn('release', [release, before])
    .groupBy('release')
    .select('release')
    .min({ since: 'valid_from' })) as Array<{
    release: number;
    since: Instant;
  }>;
  const arrivalOf = (number: number) => {
    const row = rows.find(each => each.release === number);
    return { release: number, ...(row && { since: toDate(row.since) }) };
  };
  return nameChange(arrivalOf(release), arrivalOf(before));
}

import type { ReleaseChange } from '@callboard/plugin-callboard-common';
import { nameChange } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { Instant } from '../tables';
import { writeVersion } from '../temporal';

/** What became of an environment that was to run a release. */
export type SetRelease =
  /** It was to run it already. */
  | { changed: false; before: number }
  | {
      changed: true;
      /** Release that it replaces; absent where it is the first. */
      before?: number;
      change: ReleaseChange;
    };

/** Records which release an environment shall run, from `at` on, and what a change that is. */
export async function setEnvironmentRelease(
  tx: Knex.Transaction,
  wanted: { app: string; environment: string; release: number; by: string },
  at: Date,
): Promise<SetRelease> {
  const { app, environment, release, by } = wanted;
  const about = { subject: `${app}/${environment}`, app };
  const current = await tx('environment_releases')
    .where({ subject: about.subject })
    .whereNull('valid_to')
    .first('release');
  const before: number | undefined = current?.release;
  if (before === release) return { changed: false, before };
  const change =
    before === undefined
      ? 'newer'
      : await changeOf(tx, about.subject, { release, before });
  await writeVersion(tx, 'environment_releases', {
    about,
    values: { app, environment, release, released_by: by, change },
    at,
  });
  return { changed: true, ...(before !== undefined && { before }), change };
}

async function changeOf(
  tx: Knex.Transaction,
  subject: string,
  { release, before }: { release: number; before: number },
): Promise<ReleaseChange> {
  const rows = (await tx('environment_releases')
    .where({ subject })
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

import type { Knex } from 'knex';
import { writeVersion } from '../temporal';

/** Records which release an environment shall run, from `at` on. @returns the number before; `changed` false when it was that already */
export async function setEnvironmentRelease(
  tx: Knex.Transaction,
  wanted: { app: string; environment: string; release: number; by: string },
  at: Date,
): Promise<{ changed: boolean; before?: number }> {
  const { app, environment, release, by } = wanted;
  const about = { subject: `${app}/${environment}`, app };
  const current = await tx('environment_releases')
    .where({ subject: about.subject })
    .whereNull('valid_to')
    .first('release');
  if (current?.release === release) return { changed: false, before: release };
  await writeVersion(tx, 'environment_releases', {
    about,
    values: { app, environment, release, released_by: by },
    at,
  });
  return { changed: true, before: current?.release };
}

import type { Knex } from 'knex';
import { writeVersion } from '../temporal';
import type { AppRecord } from './AppRecord';

/** Records the title and owner of an app from `at` on. */
export async function saveApp(
  tx: Knex.Transaction,
  app: AppRecord,
  at: Date,
): Promise<boolean> {
  const { changed } = await writeVersion(tx, 'apps', {
    about: { subject: app.name, app: app.name },
    values: {
      name: app.name,
      title: app.title,
      owner: app.owner,
      system: app.system ?? null,
      description: app.description ?? null,
      created_at: app.createdAt.getTime(),
    },
    at,
  });
  return changed;
}

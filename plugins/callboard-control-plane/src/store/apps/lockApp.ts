import type { Knex } from 'knex';

/**
 * Keeps other callers from changing what an app's releases depend on until the
 * transaction ends. It locks the app's row in `subjects`, which exists from the
 * first push on and is never closed. Reads must come after this call.
 */
export async function lockApp(
  tx: Knex.Transaction,
  app: string,
): Promise<void> {
  await tx('subjects')
    .where({ fact: 'apps', subject: app })
    .forUpdate()
    .first('subject');
}

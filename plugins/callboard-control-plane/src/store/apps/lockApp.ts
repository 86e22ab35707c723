import type { Knex } from 'knex';

/**
 * Lets nobody else who asks for it change what an app's releases stand on until
 * the transaction ends. The row of the app in `subjects` is locked: it is there
 * from the first push on and is never closed. What is read must be read after this.
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

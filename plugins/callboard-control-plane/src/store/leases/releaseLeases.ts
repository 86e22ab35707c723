import type { Knex } from 'knex';

/**
 * Releases all leases of a holder (or some of them) at once, so that another
 * process need not wait. Tokens keep growing.
 */
export async function releaseLeases(
  knex: Knex,
  holder: string,
  names?: readonly string[],
): Promise<void> {
  const query = knex('leases').where({ holder });
  if (names) query.whereIn('name', [...names]);
  await query.update({ expires_at: 0 });
}

/** Releases the leases of former processes. Only for a process that is known to be alone. Tokens keep growing. */
export async function releaseAllLeases(knex: Knex): Promise<void> {
  await knex('leases').where('expires_at', '>', 0).update({ expires_at: 0 });
}

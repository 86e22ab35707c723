import type { Knex } from 'knex';

/**
 * Runs several queries as of one instant: a concurrent write is in all of the
 * results or in none. Without it a page that reads deployments before a
 * decision and the decision after it shows the old release as the healthy new
 * one.
 */
export function readAtOnce<T>(
  knex: Knex,
  read: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  const isPostgres = String(knex.client.config.client).includes('pg');
  return knex.transaction(
    read,
    isPostgres ? { isolationLevel: 'repeatable read', readOnly: true } : {}, // SQLite does so by itself
  );
}

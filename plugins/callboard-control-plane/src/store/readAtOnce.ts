import type { Knex } from 'knex';

/**
 * Answers several questions as of one instant: what is written meanwhile is in
 * all of the answers or in none. Without it a page that reads deployments
 * before a decision and the decision after it shows the old release as the
 * healthy new one.
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

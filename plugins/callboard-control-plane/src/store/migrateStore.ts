import type { Knex } from 'knex';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const MIGRATING = 7_232_019; // any number that nothing else locks in this database

/**
 * Brings the tables of the record up to date. Safe to run at every start; on
 * PostgreSQL several processes take their turn.
 *
 * SQLite files are switched to a write-ahead log, so that pages read while a
 * reconciler writes and a killed process loses nothing that was committed.
 */
export async function migrateStore(knex: Knex): Promise<void> {
  const client = String(knex.client.config.client);
  if (client.includes('pg')) {
    await knex.transaction(async tx => {
      await tx.raw('select pg_advisory_xact_lock(?)', [MIGRATING]);
      await migrate(knex);
    });
    return;
  }
  if (client.includes('sqlite')) {
    await knex.raw('pragma journal_mode = WAL');
    await knex.raw('pragma synchronous = NORMAL');
  }
  await migrate(knex);
}

async function migrate(knex: Knex): Promise<void> {
  await knex.migrate.latest({
    directory: resolvePackagePath(
      '@callboard/plugin-callboard-control-plane',
      'migrations',
    ),
    tableName: 'callboard_migrations',
  });
}

import type { Knex } from 'knex';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { checkpointBesideLoop } from './checkpointBesideLoop';
import { keepStatements } from './keepStatements';
import { shareTurns } from './shareTurns';
import { syncBesideLoop } from './syncBesideLoop';

const MIGRATING = 7_232_019; // an arbitrary number that nothing else locks in this database

/**
 * Migrates the database to the current schema. Safe to run at every start; on
 * PostgreSQL several processes wait for each other.
 *
 * SQLite files are switched to a write-ahead log, so that pages can be read
 * while a reconciler writes, and to a log that is on the disk before a commit
 * returns: what was acknowledged survives a loss of power.
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
    await knex.raw('pragma synchronous = FULL');
    keepSynchronous(knex);
  }
  await migrate(knex);
  if (client.includes('better-sqlite3')) {
    syncBesideLoop(knex);
    checkpointBesideLoop(knex);
    keepStatements(knex);
    shareTurns(knex);
  }
}

interface SqliteConnection {
  pragma(command: string): unknown;
}

/** The setting is per connection: a connection that replaces a broken one needs it too. */
function keepSynchronous(knex: Knex): void {
  (
    knex.client.pool as {
      on(
        event: 'createSuccess',
        listener: (id: number, connection: SqliteConnection) => void,
      ): void;
    }
  ).on('createSuccess', (_id, connection) => {
    connection.pragma('synchronous = FULL');
  });
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

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import {
  ServiceFactoryTester,
  mockServices,
} from '@backstage/backend-test-utils';
import { databaseServiceFactory } from './databaseServiceFactory';

describe('databaseServiceFactory', () => {
  let folder: string;
  let database: DatabaseService;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-database-'));
    database = await open({ directory: folder });
  });

  afterEach(async () => {
    await (await database.getClient()).destroy();
    await rm(folder, { recursive: true, force: true });
  });

  it('has a log that no statement waits for in files of SQLite', async () => {
    const knex = await database.getClient();
    expect(await knex.raw('pragma journal_mode')).toEqual([
      { journal_mode: 'wal' },
    ]);
    expect(await knex.raw('pragma synchronous')).toEqual([{ synchronous: 1 }]);
  });

  it('has it in connections that are opened later', async () => {
    const knex = await database.getClient();
    await knex.schema.createTable('notes', table => table.text('text'));
    await knex.destroy();
    database = await open({ directory: folder });
    const next = await database.getClient();
    expect(await next.raw('pragma journal_mode')).toEqual([
      { journal_mode: 'wal' },
    ]);
  });

  it('gives one client to all who ask', async () => {
    const [one, other] = await Promise.all([
      database.getClient(),
      database.getClient(),
    ]);
    expect(one).toBe(other);
  });

  it('leaves a database in memory as it is', async () => {
    const knex = await (await open(':memory:')).getClient();
    expect(await knex.raw('pragma journal_mode')).toEqual([
      { journal_mode: 'memory' },
    ]);
    await knex.destroy();
  });
});

function open(
  connection: string | { directory: string },
): Promise<DatabaseService> {
  return ServiceFactoryTester.from(databaseServiceFactory, {
    dependencies: [
      mockServices.rootConfig.factory({
        data: {
          backend: { database: { client: 'better-sqlite3', connection } },
        },
      }),
    ],
  }).getSubject('catalog');
}

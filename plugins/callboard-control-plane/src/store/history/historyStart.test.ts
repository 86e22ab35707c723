import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { beginHistory, findHistoryStart, migrateStore, saveApp } from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const FIRST = new Date('2026-11-20T10:00:00Z');
const LATER = new Date('2026-11-21T10:00:00Z');

const MIGRATION = {
  directory: resolvePackagePath(
    '@callboard/plugin-callboard-control-plane',
    'migrations',
  ),
  tableName: 'callboard_migrations',
};

describe.each(databases.eachSupportedId())('start of history on %s', id => {
  it('is the first start, however often it is started', async () => {
    const knex = await databases.init(id);
    await migrateStore(knex);
    expect(await findHistoryStart(knex)).toBeUndefined();
    await beginHistory(knex, FIRST);
    await beginHistory(knex, LATER);
    expect(await findHistoryStart(knex)).toEqual(FIRST);
  });

  it('is the earliest row of a database that is older than its note', async () => {
    const knex = await databases.init(id);
    await migrateStore(knex);
    const app = {
      name: 'shop',
      title: 'Shop',
      owner: 'user:default/ana',
      createdAt: FIRST,
    };
    await knex.transaction(async tx => {
      await saveApp(tx, app, FIRST);
      await saveApp(tx, { ...app, title: 'Corner shop' }, LATER);
    });
    const name = '20261125_history_start.js';
    await knex.migrate.down({ ...MIGRATION, name });
    await knex.migrate.up({ ...MIGRATION, name });
    await beginHistory(knex, LATER);
    expect(await findHistoryStart(knex)).toEqual(FIRST);
  });
});

import { TestDatabases } from '@backstage/backend-test-utils';
import { identifyRecord, migrateStore } from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('identity on %s', id => {
  it('is the first that was proposed', async () => {
    const knex = await databases.init(id);
    await migrateStore(knex);
    expect(await identifyRecord(knex, 'first')).toBe('first');
    expect(await identifyRecord(knex, 'second')).toBe('first');
  });
});

import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { WriteCounter } from './WriteCounter';

const AT = new Date('2026-11-20T10:00:00Z').getTime();

describe('WriteCounter', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let knex: Knex;
  let writes: WriteCounter;

  beforeEach(async () => {
    knex = await databases.init('SQLITE_3');
    for (const name of ['things', 'leases'])
      await knex.schema.createTable(name, table => {
        table.integer('id');
      });
    writes = new WriteCounter(knex);
  });

  /** How often a piece of work counts. */
  async function countOf(work: () => Promise<unknown>): Promise<number> {
    const before = writes.count;
    await work();
    return writes.count - before;
  }

  it('counts what changes the record and nothing that reads it', async () => {
    expect(await countOf(() => knex('things').insert({ id: AT }))).toBe(1);
    expect(await countOf(() => knex('things').update({ id: 2 }))).toBe(1);
    expect(await countOf(() => knex('things').select())).toBe(0);
    expect(await countOf(() => knex.raw('pragma user_version'))).toBe(0);
    expect(await countOf(() => knex('things').delete())).toBe(1);
    expect(
      await countOf(() => knex.raw('insert or ignore into things values (3)')),
    ).toBe(1);
  });

  it('counts a transaction when it commits, where it wrote', async () => {
    let atLastWrite = 0;
    await knex.transaction(async tx => {
      await tx('things').insert({ id: 1 });
      atLastWrite = writes.count;
    });
    expect(writes.count).toBeGreaterThan(atLastWrite);
    expect(
      await countOf(() => knex.transaction(tx => tx('things').select())),
    ).toBe(0);
  });

  it('does not count what no page is made of', async () => {
    expect(
      await countOf(async () => {
        await knex('leases').insert({ id: 1 });
        await knex.transaction(tx => tx('leases').update({ id: 2 }));
      }),
    ).toBe(0);
  });
});

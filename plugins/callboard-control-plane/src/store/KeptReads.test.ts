import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { KeptReads } from './KeptReads';
import { WriteCounter } from './WriteCounter';

describe('KeptReads', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let knex: Knex;
  let reads: KeptReads;
  let asked: number;

  beforeEach(async () => {
    knex = await databases.init('SQLITE_3');
    for (const name of ['things', 'others', 'leases'])
      await knex.schema.createTable(name, table => {
        table.integer('id');
      });
    reads = new KeptReads(new WriteCounter(knex));
    asked = 0;
  });

  const read = (tables = ['things']): Promise<number[]> =>
    reads.read('things', tables, async () => {
      asked += 1;
      return knex('things').pluck('id');
    });

  it('reads once, however often somebody asks', async () => {
    const first = await read();
    await knex('others').insert({ id: 1 });
    await knex('things').select();
    expect(await read()).toBe(first);
    expect(asked).toBe(1);
  });

  it('shows each write to what it was read from', async () => {
    await read();
    await knex('things').insert({ id: 1 });
    expect(await read()).toEqual([1]);
    await knex('things').update({ id: 2 });
    expect(await read()).toEqual([2]);
    await knex.transaction(tx => tx('things').insert({ id: 3 }));
    expect(await read()).toEqual([2, 3]);
    await knex('things').delete();
    expect(await read()).toEqual([]);
  });

  it('forgets what was read of a change that was taken back', async () => {
    const undone = knex.transaction(async tx => {
      await tx('things').insert({ id: 1 });
      const seen = await reads.read('things', ['things'], () =>
        tx('things').pluck('id'),
      );
      expect(seen).toEqual([1]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await read()).toEqual([]);
  });

  it('keeps nothing of tables whose writes are not counted', async () => {
    await read(['things', 'leases']);
    await read(['things', 'leases']);
    expect(asked).toBe(2);
  });
});

import { countTurns } from '@callboard/testing';
import knexFactory, { type Knex } from 'knex';
import { aheadOfOthers, shareTurns } from './shareTurns';

describe('shareTurns', () => {
  let knex: Knex;

  beforeEach(async () => {
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: ':memory:' },
      useNullAsDefault: true,
    });
    shareTurns(knex);
    await knex.schema.createTable('things', table => {
      table.integer('id');
    });
  });

  afterEach(() => knex.destroy());

  async function chain(queries: number): Promise<void> {
    for (let count = 0; count < queries; count += 1)
      await knex('things').insert({ id: count });
  }

  it('serves others between the queries of a long chain', async () => {
    expect(await countTurns(() => chain(3_000))).toBeGreaterThan(10);
  });

  it('lets somebody who looks ask before those who wait', async () => {
    const order: string[] = [];
    const others = Array.from({ length: 40 }, async (_, index) => {
      await chain(200);
      order.push(`chain ${index}`);
    });
    await chain(20); // by now the others wait for their turns
    await aheadOfOthers(() => knex.transaction(tx => tx('things').first()));
    order.push('look');
    await Promise.all(others);
    expect(order[0]).toBe('look');
  });

  it('answers everybody who waits, transactions among them', async () => {
    await Promise.all([
      ...Array.from({ length: 30 }, () => chain(50)),
      ...Array.from({ length: 10 }, () =>
        knex.transaction(async tx => {
          for (let count = 0; count < 50; count += 1)
            await tx('things').insert({ id: count });
        }),
      ),
    ]);
    expect(await knex('things').count({ all: '*' })).toEqual([{ all: 2_000 }]);
  });
});

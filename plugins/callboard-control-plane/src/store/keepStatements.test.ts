import knexFactory from 'knex';
import { keepStatements } from './keepStatements';

describe('keepStatements', () => {
  const open = () =>
    knexFactory({
      client: 'better-sqlite3',
      connection: { filename: ':memory:' },
      useNullAsDefault: true,
    });

  it('prepares what is asked again once, also in transactions, and no more than it may keep', async () => {
    const knex = open();
    try {
      const connection = await knex.client.acquireConnection();
      const prepared: string[] = [];
      const prepare = connection.prepare.bind(connection);
      connection.prepare = (sql: string) => {
        prepared.push(sql);
        return prepare(sql);
      };
      await knex.client.releaseConnection(connection);
      keepStatements(knex);
      await knex.schema.createTable('things', table => {
        table.integer('id');
      });
      prepared.length = 0;
      for (let id = 1; id <= 3; id += 1) await knex('things').insert({ id });
      await knex.transaction(tx => tx('things').insert({ id: 4 }));
      expect(await knex('things').pluck('id')).toEqual([1, 2, 3, 4]);
      const inserts = () => prepared.filter(sql => /^insert/.test(sql));
      expect(inserts()).toHaveLength(1);

      for (let count = 1; count <= 401; count += 1)
        await knex('things').whereIn('id', Array(count).fill(1));
      await knex('things').insert({ id: 5 });
      expect(inserts()).toHaveLength(2);
    } finally {
      await knex.destroy();
    }
  });

  it('sees tables as they are after a change of them', async () => {
    const knex = open();
    try {
      keepStatements(knex);
      await knex.schema.createTable('things', table => {
        table.integer('id');
      });
      await knex('things').insert({ id: 1 });
      expect(await knex('things').select()).toEqual([{ id: 1 }]);
      await knex.schema.alterTable('things', table => {
        table.string('name').defaultTo('one');
      });
      expect(await knex('things').select()).toEqual([{ id: 1, name: 'one' }]);
    } finally {
      await knex.destroy();
    }
  });
});

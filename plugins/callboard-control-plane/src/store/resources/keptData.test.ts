import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  type KeptDataRecord,
  closeKeptData,
  findKeptData,
  migrateStore,
  saveKeptData,
} from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const T0 = Date.parse('2026-11-20T10:00:00Z');
const at = (second: number) => new Date(T0 + second * 1_000);

const LEFT: KeptDataRecord = {
  app: 'shop',
  environment: 'live',
  cluster: 'eu-1',
  resources: [{ name: 'db', type: 'postgres' }],
  since: at(1),
};
const WANTED: KeptDataRecord = {
  ...LEFT,
  deletion: {
    by: 'user:default/ana',
    problem: {
      code: 'cluster-refused',
      what: 'Cannot delete',
      why: 'it may not',
      next: 'Ask',
      transient: false,
    },
  },
};

describe.each(databases.eachSupportedId())('data that stays, on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
    await knex.transaction(async tx => {
      await saveKeptData(tx, LEFT, at(1));
      await saveKeptData(tx, { ...LEFT, app: 'blog' }, at(2));
      await saveKeptData(tx, { ...LEFT, cluster: 'us-1' }, at(2));
      await saveKeptData(tx, { ...LEFT, environment: 'dev' }, at(2));
      await saveKeptData(tx, WANTED, at(3));
    });
  });

  it('is found by app, environment, cluster and instant, for as long as it is there', async () => {
    expect(await findKeptData(knex, LEFT)).toEqual([WANTED]);
    expect(await findKeptData(knex, { app: 'shop', at: at(1) })).toEqual([
      LEFT,
    ]);
    const onEu = await findKeptData(knex, { cluster: 'eu-1' });
    expect(
      onEu.map(({ app, environment }) => `${app} ${environment}`).sort(),
    ).toEqual(['blog live', 'shop dev', 'shop live']);
    await knex.transaction(tx => closeKeptData(tx, LEFT, at(4)));
    expect(await findKeptData(knex, LEFT)).toEqual([]);
    expect(await findKeptData(knex, { ...keyOf(LEFT), at: at(3) })).toEqual([
      WANTED,
    ]);
    expect(await findKeptData(knex)).toHaveLength(3);
  });

  it('goes with its table, and other facts stay', async () => {
    const migrations = {
      directory: resolvePackagePath(
        '@callboard/plugin-callboard-control-plane',
        'migrations',
      ),
      tableName: 'callboard_migrations',
    };
    await knex.migrate.down({ ...migrations, name: '20261208_kept_data.js' });
    expect(await knex.schema.hasTable('kept_data')).toBe(false);
    expect(await knex('subjects').where({ fact: 'kept_data' })).toEqual([]);
    await knex.migrate.latest(migrations);
    expect(await findKeptData(knex)).toEqual([]);
  });
});

function keyOf({ app, environment, cluster }: KeptDataRecord) {
  return { app, environment, cluster };
}

import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  type NewSettingChange,
  findSealedOtherwise,
  findSettingChanges,
  findSettingContents,
  insertSettingChange,
  migrateStore,
  replaceSealed,
} from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const T0 = Date.parse('2026-11-20T10:00:00Z');
const [SETTINGS, REFERENCES] = [
  '20261204_settings.js',
  '20261211_setting_references.js',
].map(name => ({
  directory: resolvePackagePath(
    '@callboard/plugin-callboard-control-plane',
    'migrations',
  ),
  tableName: 'callboard_migrations',
  name,
}));

describe.each(databases.eachSupportedId())('settings on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
    const add = (change: Partial<NewSettingChange>, second: number) =>
      knex.transaction(tx =>
        insertSettingChange(
          tx,
          {
            app: 'shop',
            name: 'A',
            kind: 'variable',
            changedBy: 'user:default/ana',
            ...change,
          },
          new Date(T0 + second * 1_000),
        ),
      );
    await add({ value: 'x' }, 0);
    await add({ environment: 'dev', value: 'y', why: 'try it' }, 1);
    await add({ app: 'billing', value: 'z' }, 2);
    await add(
      {
        environment: 'prod',
        name: 'B',
        kind: 'secret',
        seal: version => ({ keyId: 'old', sealed: `sealed ${version}` }),
      },
      3,
    );
  });

  it('keep where a secret stands that is kept elsewhere', async () => {
    const reference = { clusterSecretStore: 'vault', key: 'shop/payment' };
    await knex.transaction(tx =>
      insertSettingChange(
        tx,
        {
          app: 'shop',
          name: 'C',
          kind: 'secret',
          reference,
          changedBy: 'user:default/ana',
        },
        new Date(T0),
      ),
    );
    const [last] = (await findSettingChanges(knex, { app: 'shop' })).slice(-1);
    expect(last).toMatchObject({ version: 4, kind: 'secret', reference });
  });

  it('are numbered by app, and read as they were', async () => {
    const read = async (of: { environment?: string; at?: Date }) =>
      (await findSettingChanges(knex, { app: 'shop', ...of })).map(
        ({ version, environment = 'all', name }) =>
          `${version} ${environment} ${name}`,
      );
    expect(await read({})).toEqual(['1 all A', '2 dev A', '3 prod B']);
    expect(await read({ environment: 'dev' })).toEqual(['1 all A', '2 dev A']);
    expect(await read({ at: new Date(T0 + 500) })).toEqual(['1 all A']);
    expect(await findSettingContents(knex, 'shop', [1, 3, 9])).toEqual(
      new Map([
        [1, { kind: 'variable', value: 'x' }],
        [3, { kind: 'secret', sealed: { keyId: 'old', sealed: 'sealed 3' } }],
      ]),
    );
  });

  it('are sealed again by who comes first', async () => {
    const of = { keyId: 'new', limit: 10 };
    const [found, ...others] = await findSealedOtherwise(knex, of);
    expect(others).toEqual([]);
    await replaceSealed(knex, found, { keyId: 'new', sealed: 'first' });
    await replaceSealed(knex, found, { keyId: 'new', sealed: 'second' });
    expect(await findSealedOtherwise(knex, of)).toEqual([]);
    const contents = await findSettingContents(knex, 'shop', [3]);
    expect(contents.get(3)).toMatchObject({ sealed: { sealed: 'first' } });
  });

  it('can be taken out of a database and come again', async () => {
    await knex.migrate.down(REFERENCES);
    await knex.migrate.down(SETTINGS);
    expect(await knex.schema.hasTable('setting_changes')).toBe(false);
    await knex.migrate.up(SETTINGS);
    await knex.migrate.up(REFERENCES);
    expect(await findSettingChanges(knex, { app: 'shop' })).toEqual([]);
  });
});

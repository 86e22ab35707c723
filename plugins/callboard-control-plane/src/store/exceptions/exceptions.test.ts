import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  endException,
  findExceptions,
  insertException,
  migrateStore,
} from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const at = (minutes: number) =>
  new Date(Date.parse('2026-12-14T10:00:00Z') + minutes * 60_000);

describe.each(databases.eachSupportedId())('exceptions on %s', id => {
  let knex: Knex;

  const add = (name: string, minutes: number, kind?: 'blueprint') =>
    knex.transaction(tx =>
      insertException(tx, {
        id: name,
        kind: kind ?? 'policy',
        name: 'ports',
        target: 'shop/prod',
        why: 'It moves',
        createdBy: 'user:default/bo',
        createdAt: at(0),
        expiresAt: at(minutes),
      }),
    );
  const idsAt = async (minutes: number, kind?: 'policy') =>
    (
      await findExceptions(knex, { at: at(minutes), ...(kind && { kind }) })
    ).map(each => each.id);

  it('hold until they expire or are ended, and leave with their migration', async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
    await add('long', 60);
    await add('short', 10);
    await add('cluster', 30, 'blueprint');
    expect(await idsAt(0)).toEqual(['short', 'cluster', 'long']);
    expect(await idsAt(0, 'policy')).toEqual(['short', 'long']);
    expect(await idsAt(10)).toEqual(['cluster', 'long']);

    const end = (which: string, minutes: number) =>
      knex.transaction(tx =>
        endException(tx, { id: which, by: 'user:default/ana' }, at(minutes)),
      );
    expect(await end('long', 20)).toMatchObject({
      target: 'shop/prod',
      expiresAt: at(60),
    });
    expect(await end('long', 21)).toBeUndefined();
    expect(await end('short', 20)).toBeUndefined();
    expect(await idsAt(19)).toEqual(['cluster', 'long']);
    expect(await idsAt(20)).toEqual(['cluster']);

    const migration = {
      directory: resolvePackagePath(
        '@callboard/plugin-callboard-control-plane',
        'migrations',
      ),
      tableName: 'callboard_migrations',
      name: '20261214_exceptions.js',
    };
    await knex.migrate.down(migration);
    expect(await knex.schema.hasTable('exceptions')).toBe(false);
    await knex.migrate.up(migration);
    expect(await idsAt(0)).toEqual([]);
  });
});

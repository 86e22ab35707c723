import { TestDatabases } from '@backstage/backend-test-utils';
import type { AddressClaim } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  claimAddresses,
  findAddressClaims,
  migrateStore,
  releaseAddresses,
} from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const claim = (host: string, path = '/'): AddressClaim => ({
  environment: 'prod',
  host,
  path,
});

describe.each(databases.eachSupportedId())('addresses on %s', id => {
  let knex: Knex;
  const take = (app: string, ...claims: AddressClaim[]) =>
    knex.transaction(tx => claimAddresses(tx, app, claims));
  const held = async (app: string) =>
    (await findAddressClaims(knex, { app })).map(
      ({ host, path }) => `${host}${path}`,
    );

  it('belong to one app, all that it wants or none, until it gives them up', async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
    expect(
      await take('shop', claim('a.test'), claim('b.test')),
    ).toBeUndefined();
    expect(
      await take('shop', claim('a.test'), claim('b.test')),
    ).toBeUndefined();
    expect(await take('blog', claim('a.test', '/blog'))).toBeUndefined();
    expect(await take('wiki', claim('b.test'), claim('c.test'))).toMatchObject({
      claim: { host: 'b.test' },
      by: { app: 'shop', environment: 'prod' },
    });
    expect(await held('wiki')).toEqual([]);
    await knex.transaction(tx =>
      releaseAddresses(tx, 'shop', [claim('a.test')]),
    );
    expect(await held('shop')).toEqual(['a.test/']);
    expect(
      await take('wiki', claim('b.test'), claim('c.test')),
    ).toBeUndefined();
    expect(await held('wiki')).toEqual(['b.test/', 'c.test/']);
  });

  it('go to one of many that want them at the same time', async () => {
    const apps = ['a', 'b', 'c', 'd', 'e', 'f'];
    const taken = await Promise.all(
      apps.map(app => take(app, claim('y.test'), claim('z.test'))),
    );
    const winners = apps.filter((_, at) => taken[at] === undefined);
    expect(winners).toHaveLength(1);
    expect(new Set(taken.map(each => each?.by.app))).toEqual(
      new Set([undefined, winners[0]]),
    );
    for (const app of apps)
      expect(await held(app)).toEqual(
        app === winners[0] ? ['y.test/', 'z.test/'] : [],
      );
  });
});

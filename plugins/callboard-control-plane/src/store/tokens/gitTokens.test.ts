import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  type NewGitToken,
  findGitToken,
  findGitTokenByHash,
  findLiveGitTokens,
  forgetGitTokens,
  insertGitToken,
  lockGitTokens,
  markGitTokenUsed,
  migrateStore,
  revokeGitToken,
} from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const T0 = Date.parse('2026-11-20T10:00:00Z');
const DIRECTORY = resolvePackagePath(
  '@callboard/plugin-callboard-control-plane',
  'migrations',
);
const at = (minutes: number) => new Date(T0 + minutes * 60_000);

describe.each(databases.eachSupportedId())('git tokens on %s', id => {
  let knex: Knex;

  const add = (token: Partial<NewGitToken> & { id: string }) =>
    knex.transaction(async tx => {
      await lockGitTokens(tx);
      await insertGitToken(tx, {
        hash: `hash of ${token.id}`,
        name: token.id,
        holder: 'user:default/ana',
        inCatalog: true,
        scope: 'git',
        createdBy: 'user:default/ana',
        createdAt: at(0),
        expiresAt: at(100),
        ...token,
      });
    });
  const idsOf = async (of: Parameters<typeof findLiveGitTokens>[1]) =>
    (await findLiveGitTokens(knex, of)).map(({ id: each }) => each);

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
    await add({ id: 'a' });
    await add({ id: 'b', createdAt: at(1), expiresAt: at(50) });
    await add({ id: 'c', holder: 'user:default/bo' });
    await add({ id: 'd', app: 'shop', inCatalog: false });
  });

  it('are found by hash, by person, by app and by its owners', async () => {
    expect(await findGitTokenByHash(knex, 'hash of d')).toEqual({
      id: 'd',
      name: 'd',
      holder: 'user:default/ana',
      app: 'shop',
      inCatalog: false,
      scope: 'git',
      createdBy: 'user:default/ana',
      createdAt: at(0),
      expiresAt: at(100),
    });
    expect(await findGitTokenByHash(knex, 'hash of e')).toBeUndefined();
    expect(await idsOf({ person: 'user:default/ana' })).toEqual(['b', 'a']);
    expect(await idsOf({ app: 'shop' })).toEqual(['d']);
    expect(
      await idsOf({ holders: ['group:default/x', 'user:default/ana'] }),
    ).toEqual(['d']);
    await expect(add({ id: 'e', hash: 'hash of d' })).rejects.toThrow();
  });

  it('end by revocation, are remembered for a while and then forgotten', async () => {
    const revoke = (minutes: number) =>
      knex.transaction(tx =>
        revokeGitToken(tx, { id: 'a', by: 'user:default/bo' }, at(minutes)),
      );
    expect(await revoke(5)).toBe(true);
    expect(await revoke(6)).toBe(false);
    expect(await idsOf({ person: 'user:default/ana' })).toEqual(['b']);
    expect((await findGitToken(knex, 'a'))?.revoked).toEqual({
      at: at(5),
      by: 'user:default/bo',
    });
    await forgetGitTokens(knex, at(5));
    expect(await findGitToken(knex, 'a')).toBeDefined();
    await forgetGitTokens(knex, at(51));
    expect(await findGitToken(knex, 'a')).toBeUndefined();
    expect(await findGitToken(knex, 'b')).toBeUndefined();
    expect(await findGitToken(knex, 'c')).toBeDefined();
  });

  it('note a use, and none again so soon', async () => {
    const use = async (minutes: number) => {
      await markGitTokenUsed(
        knex,
        { id: 'a', unlessSince: at(minutes - 1) },
        at(minutes),
      );
      return (await findGitToken(knex, 'a'))?.lastUsedAt;
    };
    expect(await use(3)).toEqual(at(3));
    expect(await use(3.5)).toEqual(at(3));
    expect(await use(4.5)).toEqual(at(4.5));
  });

  it('leave with their migration, and come back', async () => {
    const config = {
      directory: DIRECTORY,
      tableName: 'callboard_migrations',
      name: '20261209_tokens.js',
    };
    const scopes = { ...config, name: '20261213_token_scopes.js' };
    await add({ id: 'e', scope: 'api' });
    await knex.migrate.down(scopes);
    // Without its scope a token for the command line would open git.
    expect(await knex('git_tokens').pluck('id').orderBy('id')).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
    await knex.migrate.up(scopes);
    expect((await findGitToken(knex, 'a'))?.scope).toBe('git');
    await knex.migrate.down(scopes);
    await knex.migrate.down(config);
    expect(await knex.schema.hasTable('git_tokens')).toBe(false);
    await knex.migrate.up(config);
    await knex.migrate.up(scopes);
    expect(await idsOf({ app: 'shop' })).toEqual([]);
  });
});

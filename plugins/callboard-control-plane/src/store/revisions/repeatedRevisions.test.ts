import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  findBuild,
  findNewestSpecs,
  findReleaseOfRevision,
  findReleases,
  findRevision,
  finishBuild,
  insertBuild,
  insertRelease,
  insertRevision,
  migrateStore,
} from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const AT = new Date('2026-11-20T10:00:00Z');
const MIGRATION = {
  directory: resolvePackagePath(
    '@callboard/plugin-callboard-control-plane',
    'migrations',
  ),
  tableName: 'callboard_migrations',
  name: '20261127_repeated_revisions.js',
};
const CONTENT = { workloads: [], images: {}, files: {} };
const TABLES = ['revisions', 'builds', 'releases'];

describe.each(databases.eachSupportedId())('repeated revisions on %s', id => {
  it('keep the pushes, builds and releases of before, and take a commit again', async () => {
    const knex = await databases.init(id);
    await migrateStore(knex);
    const push = (app: string, commit: string) => ({
      app,
      commit,
      message: `commit ${commit}`,
      author: 'Ana <ana@example.com>',
      pushedBy: 'user:default/ana',
      pushedAt: AT,
      spec: { workloads: [] },
    });
    const release = (app: string, commit: string, position: number) => ({
      app,
      commit,
      position,
      message: `commit ${commit}`,
      author: 'Ana <ana@example.com>',
      createdBy: 'user:default/ana',
      createdAt: AT,
      renderer: 1,
      content: CONTENT,
    });
    await knex.transaction(async tx => {
      for (const [app, commit] of [
        ['shop', 'a'],
        ['shop', 'broken'],
        ['shop', 'b'],
        ['mail', 'a'],
      ]) {
        const position = await insertRevision(tx, push(app, commit), {
          isHead: true,
        });
        const build = { app, commit, position: position! };
        await insertBuild(tx, { ...build, builder: 'x', requestedAt: AT });
        const state = commit === 'broken' ? 'failed' : 'succeeded';
        await finishBuild(tx, build, { state, at: AT });
        if (state === 'succeeded')
          await insertRelease(tx, release(app, commit, position!));
      }
    });
    const rows = async () =>
      Object.fromEntries(
        await Promise.all(
          TABLES.map(async table => [
            table,
            await knex(table).orderBy(
              ['app', 'message', 'commit'].filter(
                column => table !== 'builds' || column !== 'message',
              ),
            ),
          ]),
        ),
      );
    const before = await rows();

    await knex.migrate.down(MIGRATION);
    expect(await knex('releases').first()).not.toHaveProperty('position');
    await knex.migrate.up(MIGRATION);

    expect(await rows()).toEqual(before);
    expect(
      await findReleaseOfRevision(knex, { app: 'shop', position: 3 }),
    ).toMatchObject({ number: 2, commit: 'b' });
    await knex.transaction(async tx => {
      const again = push('shop', 'a');
      expect(await insertRevision(tx, again, { isHead: true })).toBe(4);
      await insertBuild(tx, {
        app: 'shop',
        commit: 'a',
        position: 4,
        builder: 'x',
        requestedAt: AT,
      });
      expect(await insertRelease(tx, release('shop', 'a', 4))).toBe(3);
      expect(await insertRelease(tx, release('shop', 'a', 4))).toBe(3);
    });
    expect((await findRevision(knex, 'shop', 'a'))?.position).toBe(4);
    expect((await findBuild(knex, 'shop', 'a'))?.position).toBe(4);
    expect((await findNewestSpecs(knex)).size).toBe(2);
    expect(
      (await findReleases(knex, 'shop')).map(
        ({ number, position }) => `${number} of ${position}`,
      ),
    ).toEqual(['3 of 4', '2 of 3', '1 of 1']);
    await knex.destroy();
  });
});

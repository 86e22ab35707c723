import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { findReleaseStays, migrateStore, setEnvironmentRelease } from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const T0 = Date.parse('2026-11-20T10:00:00Z');
const MIGRATION = {
  directory: resolvePackagePath(
    '@callboard/plugin-callboard-control-plane',
    'migrations',
  ),
  tableName: 'callboard_migrations',
  name: '20261129_release_changes.js',
};

/** What came to one environment, one after the other, and what each change was. */
const STORY: Array<[release: number, change: string]> = [
  [7, 'newer'],
  [5, 'older'],
  [7, 'rollback'],
  [8, 'newer'],
  [5, 'rollback'],
  [8, 'newer'],
];

describe.each(databases.eachSupportedId())(
  'changes of an environment’s release on %s',
  id => {
    let knex: Knex;

    beforeEach(async () => {
      knex = await databases.init(id);
      await migrateStore(knex);
      for (const [index, [release]] of STORY.entries())
        for (const environment of ['prod', 'dev'].slice(index === 2 ? 1 : 0))
          await knex.transaction(tx =>
            setEnvironmentRelease(
              tx,
              {
                app: 'shop',
                environment,
                release,
                by: 'user:default/ana',
              },
              new Date(T0 + index * 1_000),
            ),
          );
    });

    const changes = async (environment: string) =>
      (
        await knex('environment_releases')
          .where({ subject: `shop/${environment}` })
          .orderBy('valid_from')
      ).map(({ release, change }) => [release, change]);

    it('are known by what was there before, not by numbers', async () => {
      expect(await changes('dev')).toEqual(STORY);
      const stays = await findReleaseStays(knex, { app: 'shop' });
      expect(
        stays.find(
          ({ environment, release }) => environment === 'dev' && release === 5,
        ),
      ).toMatchObject({
        since: new Date(T0 + 1_000),
        next: { release: 8, change: 'newer' },
      });
    });

    it('are told of what was recorded before they were', async () => {
      const known = { dev: await changes('dev'), prod: await changes('prod') };
      await knex.migrate.down(MIGRATION);
      expect(await knex('environment_releases').first()).not.toHaveProperty(
        'change',
      );
      await knex.migrate.up(MIGRATION);
      expect({
        dev: await changes('dev'),
        prod: await changes('prod'),
      }).toEqual(known);
    });
  },
);

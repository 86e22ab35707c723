import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { migrateStore } from './migrateStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const MIGRATION = {
  directory: resolvePackagePath(
    '@callboard/plugin-callboard-control-plane',
    'migrations',
  ),
  tableName: 'callboard_migrations',
};
const SUBJECT = { subject: 'shop/prod', valid_from: 1 };
const ROW = { ...SUBJECT, app: 'shop', release: 1 };

describe.each(databases.eachSupportedId())('on %s', id => {
  it.each([
    {
      name: '20261207_reachable.js',
      table: 'placements',
      column: 'decision',
      row: { ...ROW, environment: 'prod' },
      before:
        '[{"rule":"seen-recently"},{"rule":"stays-unseen"},{"rule":"back-for-good"},{"rule":"free-room","facts":{"room":2}},{"note":"free-room"}]',
      after:
        '[{"rule":"reachable"},{"rule":"unreachable-tolerated"},{"rule":"failback-hold"},{"rule":"free-capacity","facts":{"capacity":2}},{"note":"free-room"}]',
    },
    {
      name: '20261207_updated_clusters.js',
      table: 'rollouts',
      column: 'state',
      row: {
        ...ROW,
        environment: 'prod',
        started_by: 'user:default/ana',
        started_at: 1,
        held: '[]',
        contacts: '{}',
      },
      before: '{"touched":["eu-1"],"told":"halted eu-1"}',
      after: '{"updated":["eu-1"],"lastNotified":"halted eu-1"}',
    },
    {
      name: '20261220_replicas.js',
      table: 'deployments',
      column: 'parts',
      row: {
        ...SUBJECT,
        kind: 'app',
        name: 'shop',
        environment: 'prod',
        cluster: 'eu-1',
        sync: 'Synced',
        health: 'Healthy',
        health_reason: 'Ready',
        health_message: '',
        instances_ready: 2,
        instances_wanted: 2,
        urls: '[]',
        drift: '[]',
        findings: '[]',
        inventory: '{}',
      },
      before: '[{"name":"web","copies":2}]',
      after: '[{"name":"web","replicas":2}]',
    },
  ])(
    'what $table holds is read by the words of today ($name), and back',
    async ({ name, table, column, row, before, after }) => {
      const knex = await databases.init(id);
      await migrateStore(knex);
      const read = () => knex(table).select(column).first();
      await knex.migrate.down({ ...MIGRATION, name });
      await knex(table).insert({ ...row, [column]: before });

      await knex.migrate.up({ ...MIGRATION, name });
      expect(await read()).toEqual({ [column]: after });

      await knex.migrate.down({ ...MIGRATION, name });
      expect(await read()).toEqual({ [column]: before });
    },
  );
});

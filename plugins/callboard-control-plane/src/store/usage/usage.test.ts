import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  deleteUsage,
  findUsage,
  findUsageChunksOf,
  migrateStore,
  saveUsage,
  saveUsageChunks,
  sweepUsage,
} from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const HOUR_MS = 3_600_000;
const T0 = new Date('2026-11-20T12:00:00Z');
const after = (hours: number) => new Date(T0.getTime() + hours * HOUR_MS);
const OF = { app: 'shop', environment: 'live' };

describe.each(databases.eachSupportedId())('usage on %s', id => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
  });

  const usage = (app: string, at: Date) => ({
    app,
    environment: 'live',
    lookedAt: at,
    measuredAt: at,
    instances: [
      {
        name: `${app}-1`,
        workload: 'web',
        containers: [
          {
            name: 'main',
            requests: {},
            limits: {},
            restarts: 2,
            memoryBytes: 1,
          },
        ],
      },
    ],
  });

  it('keeps what was read last of a cluster, and of no app that is gone from it', async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      usage(`app-${index}`, T0),
    );
    await saveUsage(knex, 'eu-1', [usage('shop', T0), ...many], T0);
    await saveUsage(knex, 'us-1', [usage('shop', T0)], T0);
    await saveUsage(
      knex,
      'eu-1',
      many.map(each => ({ ...each, lookedAt: after(1) })),
      after(1),
    );
    expect(await findUsage(knex, OF)).toEqual([
      { ...usage('shop', T0), cluster: 'us-1' },
    ]);
    expect(
      await findUsage(knex, { app: 'app-119', environment: 'live' }),
    ).toHaveLength(1);
  });

  it('keeps points for a week', async () => {
    const chunk = {
      ...OF,
      cluster: 'eu-1',
      workload: 'web',
      container: 'main',
      fromMs: T0.getTime(),
      points: '1:2',
    };
    await saveUsageChunks(knex, [chunk, { ...chunk, app: 'other' }]);
    await saveUsageChunks(knex, [{ ...chunk, points: '1:3' }]);
    expect(await findUsageChunksOf(knex, OF, after(7 * 24))).toEqual([
      { ...chunk, points: '1:3' },
    ]);
    await sweepUsage(knex, after(7 * 24));
    expect(await knex('usage_points').select('app')).toHaveLength(2);
    await deleteUsage(knex, 'shop');
    expect(await knex('usage_points').select('app')).toEqual([
      { app: 'other' },
    ]);
    await sweepUsage(knex, after(7 * 24 + 6));
    expect(await knex('usage_points').select('app')).toEqual([]);
  });
});

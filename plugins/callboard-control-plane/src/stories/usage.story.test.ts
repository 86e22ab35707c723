import type { EnvironmentFile } from '@callboard/plugin-callboard-common';
import { USAGE_STEP_MS, chunkOf } from '@callboard/plugin-callboard-core';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';
import { saveUsageChunks } from '../store';

jest.setTimeout(120_000);

const MIB = 1024 ** 2;
const SCORE = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    resources:
      requests: { cpu: 50m, memory: 512Mi }
      limits: { memory: 1Gi }
`;
const live: EnvironmentFile = {
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'live' },
  spec: { order: 1, placement: { numberOfClusters: 2 } },
};

describe('what an app uses', () => {
  let fleet: TestFleet;
  const lists: string[] = [];

  beforeEach(async () => {
    lists.length = 0;
    fleet = await TestFleet.create({
      clusters: ['dev-1', 'eu-1'],
      measured: ['dev-1'],
      deps: { intervals: { usageMs: 100, resyncMs: 500 } },
      wrap: connection => {
        const list = connection.list.bind(connection);
        connection.list = (kind, options) => {
          if (kind.kind === 'PodMetrics') lists.push(connection.cluster);
          return list(kind, options);
        };
        return connection;
      },
    });
    fleet.platform = { ...fleet.platform, environments: [live] };
    await fleet.settles();
    await fleet.push('shop', { does: 'serve' }, { 'score.yaml': SCORE });
  });
  afterEach(() => fleet.close());

  async function usage() {
    const answer = await fleet.controlPlane.getUsage('shop', 'live');
    if (!answer.ok) throw new Error(answer.problem.what);
    return answer.value;
  }

  async function usageOn(cluster: string) {
    const { clusters } = await usage();
    return clusters.find(each => each.cluster === cluster)!;
  }

  it('is read of each instance against what it asks for, and its peak outlives a restart', async () => {
    fleet.apps.memoryBytes = 61 * MIB;
    await eventually(async () =>
      expect((await usageOn('dev-1')).series[0]?.points).toEqual([
        expect.objectContaining({ memoryBytes: 61 * MIB, cpuMillicores: 7 }),
      ]),
    );
    fleet.apps.memoryBytes = 40 * MIB;
    await fleet.restartControlPlane();
    await eventually(async () =>
      expect((await usageOn('dev-1')).instances[0].containers).toEqual([
        {
          name: 'main',
          cpuMillicores: 7,
          memoryBytes: 40 * MIB,
          requests: { cpuMillicores: 50, memoryBytes: 512 * MIB },
          limits: { memoryBytes: 1024 * MIB },
          restarts: 0,
        },
      ]),
    );
    const { state, series } = await usageOn('dev-1');
    expect(state).toBe('live');
    expect(Math.max(...series[0].points.map(each => each.memoryBytes))).toBe(
      61 * MIB,
    );
  });

  it('is unknown, not zero, where no metrics-server is, and that cluster is left alone', async () => {
    await eventually(async () =>
      expect(await usageOn('eu-1')).toMatchObject({
        state: 'not-served',
        what: expect.stringContaining('no metrics-server'),
        series: [],
      }),
    );
    const { instances } = await usageOn('eu-1');
    expect(instances[0].containers).toEqual([
      {
        name: 'main',
        requests: { cpuMillicores: 50, memoryBytes: 512 * MIB },
        limits: { memoryBytes: 1024 * MIB },
        restarts: 0,
      },
    ]);
    await eventually(async () =>
      expect(
        lists.filter(cluster => cluster === 'dev-1').length,
      ).toBeGreaterThan(3),
    );
    expect(lists.filter(cluster => cluster === 'eu-1')).toHaveLength(1);
  });

  it('is advice once it was measured for days', async () => {
    await eventually(async () =>
      expect((await usageOn('dev-1')).instances).toHaveLength(1),
    );
    expect((await usage()).advice).toEqual([]);
    const now = Date.now();
    const chunk = Array.from({ length: 72 }, () => '5:62464').join(',');
    const key = {
      app: 'shop',
      environment: 'live',
      cluster: 'dev-1',
      workload: 'web',
      container: 'main',
      points: chunk,
    };
    const days = 4;
    await saveUsageChunks(
      fleet.knex,
      Array.from({ length: 4 * days }, (_, index) => ({
        ...key,
        fromMs: chunkOf(now) - (index + 1) * 72 * USAGE_STEP_MS,
      })),
    );
    // What an app of that name used before this one came is not its own.
    expect((await usage()).advice).toEqual([]);
    await fleet
      .knex('apps')
      .update({ created_at: now - 5 * 24 * 3_600_000 })
      .where({ name: 'shop' });
    expect((await usage()).advice).toEqual([
      expect.objectContaining({
        sentence: 'web asks for 512 MiB, used 61 MiB at most in 4 days',
        lines: expect.stringContaining('requests: { memory: 80Mi }'),
      }),
    ]);
  });
});

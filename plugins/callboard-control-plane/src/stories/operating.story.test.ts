import type {
  EnvironmentFile,
  RolloutSpec,
} from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';
import type { ControlPlane } from '../usecases/ControlPlane';

jest.setTimeout(120_000);

const ANA = 'user:default/ana';
const APP_FILE = `
apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: shop }
spec:
  deploy:
    nightly: { kind: CronJob, schedule: '0 3 * * *' }
`;
const workload = (name: string) => `
apiVersion: score.dev/v1b1
metadata: { name: ${name} }
containers: { main: { image: . } }
`;

type Action = Parameters<ControlPlane['operateEnvironment']>[0]['action'];

describe('an environment of an app', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  async function start(
    clusters = ['eu-1'],
    spec: Partial<EnvironmentFile['spec']> = {},
  ): Promise<void> {
    fleet = await TestFleet.create({
      clusters,
      deps: { intervals: { resyncMs: 500 } },
    });
    fleet.platform = {
      ...fleet.platform,
      environments: [
        {
          apiVersion: 'callboard.dev/v1alpha1',
          kind: 'Environment',
          metadata: { name: 'live', title: 'Live' },
          spec: { order: 1, placement: {}, replicas: 2, ...spec },
        },
      ],
    };
    await fleet.settles();
  }

  const does = (
    action: Action,
    more: Partial<Parameters<ControlPlane['operateEnvironment']>[0]> = {},
  ) =>
    fleet.controlPlane.operateEnvironment({
      app: 'shop',
      environment: 'live',
      action,
      actor: ANA,
      ...more,
    });

  const kind = (cluster: string, of: string, name: string) =>
    fleet.object(cluster, of, `shop--live/${name}`) as { spec?: any };
  const pods = (cluster: string, name = 'web') =>
    fleet
      .cluster(cluster)
      .dump()
      .filter(
        ({ kind: its, metadata }) =>
          its === 'Pod' &&
          metadata.deletionTimestamp === undefined &&
          metadata.labels?.['callboard.dev/workload'] === name,
      )
      .map(({ metadata }) => metadata.name);
  const restartOf = (cluster: string, name = 'web') =>
    kind(cluster, 'Deployment', name).spec.template.metadata.annotations?.[
      'callboard.dev/restart'
    ];
  const journal = async () =>
    (await fleet.controlPlane.listJournal({ app: 'shop' })).filter(
      ({ actor }) => actor === ANA,
    );

  it('is stopped whole, stays so, and comes back as it was', async () => {
    await start();
    await fleet.push('shop', undefined, {
      'app.yaml': APP_FILE,
      'nightly/score.yaml': workload('nightly'),
    });
    await fleet.turns('shop', 'live', 'Healthy');
    const before = new Date();
    expect(pods('eu-1')).toHaveLength(2);

    const said = await does({ kind: 'stop' }, { dryRun: true });
    expect(said).toMatchObject({
      ok: true,
      value: {
        changes: true,
        message:
          '2 instances of shop in Live end on eu-1, and nothing answers until it is started',
        clusters: [{ cluster: 'eu-1', instances: 2, then: 0 }],
      },
    });
    expect((await fleet.environment('shop', 'live')).operation).toBeUndefined();

    expect(await does({ kind: 'stop' }, { why: 'Too expensive' })).toEqual(
      said,
    );
    const stopped = await fleet.turns('shop', 'live', 'Suspended');
    expect(stopped).toMatchObject({
      health: { reason: 'Stopped', message: 'ana stopped it: Too expensive' },
      operation: { state: 'stopped', by: ANA, why: 'Too expensive' },
      clusters: [{ health: { reason: 'Stopped' }, instances: { wanted: 0 } }],
    });
    expect(pods('eu-1')).toEqual([]);
    expect(kind('eu-1', 'CronJob', 'nightly').spec.suspend).toBe(true);

    // Pressed again, restarted, and what cannot be done meanwhile.
    expect(await does({ kind: 'stop' })).toMatchObject({
      value: { changes: false, message: 'shop is stopped in Live already' },
    });
    expect(await does({ kind: 'restart' })).toMatchObject({
      ok: false,
      problem: { code: 'environment-stopped', next: 'Start it' },
    });
    await fleet.restartControlPlane();
    const pushed = await fleet.push('shop', undefined, {
      'app.yaml': APP_FILE,
      'nightly/score.yaml': workload('nightly'),
      'README.md': 'two',
    });
    expect(pushed.lines.join('\n')).toContain('stopped');
    expect(await fleet.environment('shop', 'live')).toMatchObject({
      release: { number: 2 },
      health: { status: 'Suspended', reason: 'Stopped' },
    });
    expect(pods('eu-1')).toEqual([]);

    await does({ kind: 'start' });
    await fleet.turns('shop', 'live', 'Healthy');
    expect(pods('eu-1')).toHaveLength(2);
    expect(kind('eu-1', 'CronJob', 'nightly').spec.suspend).not.toBe(true);
    expect(
      (await journal())
        .filter(({ action }) => /stopped|started/.test(action))
        .map(({ action, why }) => [action, why]),
    ).toEqual([
      ['app.started', undefined],
      ['app.stopped', 'Too expensive'],
    ]);
    const then = await fleet.environment('shop', 'live', before);
    expect(then.health.status).toBe('Healthy');
    expect(then.operation).toBeUndefined();
  });

  it('is scaled by a number that lasts, within its bounds, and back', async () => {
    await start();
    await fleet.push('shop');
    await fleet.turns('shop', 'live', 'Healthy');
    expect(await does({ kind: 'scale', replicas: 4 })).toMatchObject({
      value: {
        message:
          'shop in Live has 4 replicas of each workload instead of 2 on eu-1',
        clusters: [{ cluster: 'eu-1', instances: 2, then: 4 }],
      },
    });
    await eventually(() => expect(pods('eu-1')).toHaveLength(4));
    await fleet.turns('shop', 'live', 'Healthy');
    await fleet.push('shop', undefined, { 'README.md': 'two' });
    expect(pods('eu-1')).toHaveLength(4);

    await does({ kind: 'stop' });
    await fleet.turns('shop', 'live', 'Suspended');
    await does({ kind: 'start' });
    await fleet.turns('shop', 'live', 'Healthy');
    expect(pods('eu-1')).toHaveLength(4);

    await does({ kind: 'scale' });
    await eventually(() => expect(pods('eu-1')).toHaveLength(2));
    for (const replicas of [0, -1, 1001, 1.5])
      expect(await does({ kind: 'scale', replicas })).toMatchObject({
        ok: false,
        problem: { code: 'replicas-out-of-bounds' },
      });
  });

  it('restarts once per request, in its waves, through an end of the portal', async () => {
    const rollout: RolloutSpec = {
      type: 'Progressive',
      progressive: { maxConcurrency: 1 },
    };
    await start(['eu-1', 'us-1'], { rollout });
    await fleet.push('shop');
    await fleet.turns('shop', 'live', 'Healthy');
    const [first] = pods('eu-1');

    const ask = () => does({ kind: 'restart' }, { requestId: 'r-1' });
    const [one, two] = await Promise.all([ask(), ask()]);
    expect(
      [one, two].map(each => each.ok && each.value.changes).sort(),
    ).toEqual([false, true]);
    await eventually(() => expect(restartOf('eu-1')).toBe('1'));
    expect(restartOf('us-1')).toBeUndefined();
    await fleet.restartControlPlane();
    await eventually(() => expect(restartOf('us-1')).toBe('1'), {
      timeoutMs: 40_000,
    });
    await fleet.turns('shop', 'live', 'Healthy');
    expect(await ask()).toMatchObject({ value: { changes: false } });
    expect(pods('eu-1')).toHaveLength(2);
    expect(pods('eu-1')).not.toContain(first);
    expect(
      (await journal()).filter(({ action }) => action === 'app.restarted'),
    ).toHaveLength(1);
    // It is no setting of the app.
    expect(
      await fleet.controlPlane.listSettings({
        app: 'shop',
        environment: 'live',
      }),
    ).toMatchObject({ value: { items: [] } });
  });

  it('is operated only where there is something, and by those who may', async () => {
    await start();
    expect(await does({ kind: 'stop' })).toMatchObject({
      problem: { code: 'app-not-found' },
    });
    await fleet.push('shop');
    await fleet.turns('shop', 'live', 'Healthy');
    expect(
      await does({ kind: 'stop' }, { environment: 'elsewhere' }),
    ).toMatchObject({ problem: { code: 'environment-not-found' } });
    for (const dryRun of [true, false])
      expect(
        await does({ kind: 'stop' }, { mayPromote: false, dryRun }),
      ).toMatchObject({
        problem: { code: 'not-allowed', why: 'only ana may' },
      });
    expect((await fleet.environment('shop', 'live')).health.status).toBe(
      'Healthy',
    );
  });
});

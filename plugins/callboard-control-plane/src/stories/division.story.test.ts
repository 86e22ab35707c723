import type {
  EnvironmentFile,
  ReplicaScheduling,
  RolloutSpec,
} from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(300_000);

const MINUTE_MS = 60_000;
const BY_CAPACITY: ReplicaScheduling = {
  weightPreference: { dynamicWeight: 'AvailableReplicas' },
};

/** Of the 4 cores of a cluster one copy takes 300m, so that capacity is what matters. */
const SCORE = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    resources: { requests: { cpu: 300m } }
`;

function live(
  replicas: number,
  replicaScheduling: ReplicaScheduling | undefined,
  rollout?: RolloutSpec,
): EnvironmentFile {
  return {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name: 'live' },
    spec: {
      order: 1,
      replicas,
      placement: { ...(replicaScheduling && { replicaScheduling }) },
      ...(rollout && { rollout }),
    },
  };
}

/** JSON is YAML. */
function appFile(name: string, environment: object): string {
  return JSON.stringify({
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'App',
    metadata: { name },
    spec: { environments: [{ name: 'live', ...environment }] },
  });
}

describe('replicas are divided over clusters', () => {
  let fleet: TestFleet;
  let aheadMs = 0;
  afterEach(() => fleet?.close());

  async function start(
    environment: EnvironmentFile,
    { livenessDeadlineMs = 60_000 } = {}, // a busy machine must not silence a cluster
  ): Promise<void> {
    aheadMs = 0;
    fleet = await TestFleet.create({
      clusters: ['ap-1', 'eu-1', 'us-1'],
      livenessDeadlineMs,
      deps: {
        clock: { now: () => new Date(Date.now() + aheadMs) },
        intervals: { resyncMs: 500, leaseTtlMs: 24 * 60 * MINUTE_MS },
      },
    });
    fleet.platform = { ...fleet.platform, environments: [environment] };
    await fleet.settles();
  }

  const send = (app: string) =>
    fleet.send(app, undefined, { 'score.yaml': SCORE });

  async function schedule(
    cluster: string,
    to: 'cordon' | 'drain' | 'uncordon',
  ) {
    const done = await fleet.controlPlane.scheduleCluster({
      cluster,
      to,
      actor: 'user:default/ana',
    });
    expect(done.ok).toBe(true);
  }

  /** What the clusters themselves hold. */
  function replicasOn(app: string): Record<string, number> {
    return Object.fromEntries(
      ['ap-1', 'eu-1', 'us-1'].flatMap(cluster =>
        fleet
          .cluster(cluster)
          .dump()
          .filter(
            ({ kind, metadata }) =>
              kind === 'Deployment' && metadata.namespace === `${app}--live`,
          )
          .map(object => [
            cluster,
            (object.spec as { replicas: number }).replicas,
          ]),
      ),
    );
  }

  const holds = (app: string, expected: Record<string, number>) =>
    eventually(
      async () => {
        expect(replicasOn(app)).toEqual(expected);
        const { health, clusters } = await fleet.environment(app, 'live');
        expect(health.status).toBe('Healthy');
        expect(
          Object.fromEntries(
            clusters.map(({ cluster, instances }) => [
              cluster,
              instances.ready,
            ]),
          ),
        ).toEqual(expected);
      },
      { timeoutMs: 60_000 },
    );

  async function verdictsOf(app: string, at?: Date) {
    const answer = await fleet.controlPlane.getPlacement(app, 'live', { at });
    if (!answer.ok) throw new Error(answer.problem.what);
    return answer.value;
  }

  it('each holds its share, and those of a drained or lost cluster go to the others', async () => {
    await start(live(5, {}), { livenessDeadlineMs: 5_000 });
    await send('shop');
    await holds('shop', { 'ap-1': 2, 'eu-1': 2, 'us-1': 1 });
    const placed = await verdictsOf('shop');
    expect(placed.message).toBe(
      'Runs 5 instances: 2 on ap-1, 2 on eu-1 and 1 on us-1.',
    );
    expect(placed.verdicts[0]).toMatchObject({
      cluster: 'ap-1',
      replicas: 2,
      reasons: expect.arrayContaining([
        {
          rule: 'shares-replicas',
          message: 'It runs 2 of 5 instances: by its weight',
        },
      ]),
    });
    const { clusters } = await fleet.environment('shop', 'live');
    expect(clusters.map(({ replicas }) => replicas)).toEqual([
      { here: 2, of: 5 },
      { here: 2, of: 5 },
      { here: 1, of: 5 },
    ]);
    const before = new Date(Date.now() + aheadMs);

    const answer = await fleet.controlPlane.askWhatIf({
      changes: [{ kind: 'drain', cluster: 'eu-1' }],
    });
    expect(answer).toMatchObject({
      value: {
        sentence: 'Draining eu-1 moves 1 app (2 instances)',
        moves: [
          {
            app: 'shop',
            from: ['eu-1'],
            to: [],
            replicas: {
              moving: 2,
              of: 5,
              clusters: [
                { cluster: 'ap-1', before: 2, after: 3 },
                { cluster: 'eu-1', before: 2, after: 0 },
                { cluster: 'us-1', before: 1, after: 2 },
              ],
            },
          },
        ],
      },
    });

    // As long as the others do not run all of them, those of eu-1 are there, whenever one looks.
    const looks: number[] = [];
    fleet.cluster('us-1').setFault({ latencyMs: 300 });
    await schedule('eu-1', 'drain');
    await eventually(
      () => {
        const replicas = replicasOn('shop');
        looks.push(
          Object.values(replicas).reduce((sum, each) => sum + each, 0),
        );
        expect(replicas).toEqual({ 'ap-1': 3, 'us-1': 2 });
      },
      { timeoutMs: 60_000 },
    );
    expect(Math.min(...looks)).toBeGreaterThanOrEqual(5);
    fleet.cluster('us-1').setFault({});
    await holds('shop', { 'ap-1': 3, 'us-1': 2 });

    // It comes back to its share, and the others give theirs up only once it runs.
    const back: number[] = [];
    await schedule('eu-1', 'uncordon');
    await eventually(
      async () => {
        const { clusters: now } = await fleet.environment('shop', 'live');
        back.push(now.reduce((sum, { instances }) => sum + instances.ready, 0));
        expect(replicasOn('shop')).toEqual({ 'ap-1': 2, 'eu-1': 2, 'us-1': 1 });
      },
      { timeoutMs: 60_000 },
    );
    expect(Math.min(...back)).toBeGreaterThanOrEqual(5);

    fleet.cluster('ap-1').setPower(false);
    await eventually(
      async () =>
        expect(await fleet.controlPlane.getCluster('ap-1')).toMatchObject({
          value: { freshness: 'unreachable' },
        }),
      { timeoutMs: 20_000 },
    );
    aheadMs += 5 * MINUTE_MS;
    await eventually(
      () => expect(replicasOn('shop')).toMatchObject({ 'eu-1': 3, 'us-1': 2 }),
      { timeoutMs: 60_000 },
    );

    // The past knows it.
    expect((await verdictsOf('shop', before)).message).toBe(placed.message);
    const then = await fleet.environment('shop', 'live', before);
    expect(then.clusters.map(({ replicas }) => replicas?.here)).toEqual([
      2, 2, 1,
    ]);
    const decided = (
      await fleet.controlPlane.listJournal({ app: 'shop' })
    ).filter(({ action }) => action === 'placement.decided');
    expect(decided[0].message).toContain(
      'eu-1 (3 of 5 instances), us-1 (2 of 5 instances)',
    );
    expect(decided.map(({ why = '' }) => why)).toContainEqual(
      expect.stringMatching(/^ap-1: no contact since .* after 5 min$/),
    );
  });

  it('by free capacity, and a change of capacity alone moves none', async () => {
    await start(live(1, undefined));
    // One that takes 3 of the 4 cores of ap-1.
    const huge = (cpu: string) =>
      fleet.send('huge', undefined, {
        'score.yaml': SCORE.replace('300m', cpu),
        'app.yaml': appFile('huge', { placement: { numberOfClusters: 1 } }),
      });
    await schedule('eu-1', 'cordon');
    await schedule('us-1', 'cordon');
    await huge('3000m');
    await fleet.turns('huge', 'live', 'Healthy');
    await schedule('eu-1', 'uncordon');
    await schedule('us-1', 'uncordon');

    // An app may divide where the platform does not say that it must.
    const shop = (replicas: number) =>
      fleet.send('shop', undefined, {
        'score.yaml': SCORE,
        'app.yaml': appFile('shop', {
          replicas,
          placement: { replicaScheduling: BY_CAPACITY },
        }),
      });
    await shop(8);
    await holds('shop', { 'ap-1': 1, 'eu-1': 4, 'us-1': 3 });

    await huge('300m');
    await eventually(
      async () => {
        const found = await fleet.controlPlane.getCluster('ap-1');
        if (!found.ok) throw new Error(found.problem.what);
        expect(found.value.requested?.cpuMillicores).toBeLessThan(1_500);
      },
      { timeoutMs: 60_000 },
    );
    const looks = fleet.looks;
    await eventually(() => expect(fleet.looks).toBeGreaterThan(looks + 2), {
      timeoutMs: 20_000,
    });
    expect(replicasOn('shop')).toEqual({ 'ap-1': 1, 'eu-1': 4, 'us-1': 3 });

    await shop(10); // only those that are missing go where capacity is
    await holds('shop', { 'ap-1': 2, 'eu-1': 4, 'us-1': 4 });
    expect((await verdictsOf('shop')).verdicts[0].reasons[0].message).toBe(
      'It runs 2 of 10 instances: 1 stays, 1 more by its free capacity',
    );
  });

  it('in waves: no cluster gets its share of a release before its turn', async () => {
    await start(
      live(4, {}, { type: 'Progressive', progressive: { maxConcurrency: 1 } }),
    );
    await send('shop');
    await holds('shop', { 'ap-1': 2, 'eu-1': 1, 'us-1': 1 });
    // The next release wants fewer: whose turn has not come keeps what it has.
    await fleet.send(
      'shop',
      { does: 'crash', code: 3, says: [] },
      {
        'score.yaml': SCORE,
        'app.yaml': appFile('shop', { replicas: 3 }),
      },
    );
    await eventually(
      async () =>
        expect((await fleet.rollout('shop', 'live')).phase).toBe('halted'),
      { timeoutMs: 60_000 },
    );
    expect(replicasOn('shop')).toMatchObject({ 'eu-1': 1, 'us-1': 1 });
    // A cluster that is drained leaves all the same: what failed elsewhere is not waited for.
    await schedule('us-1', 'drain');
    await eventually(
      () => expect(replicasOn('shop')).not.toHaveProperty('us-1'),
      { timeoutMs: 60_000 },
    );
  });
});

import type {
  Cluster,
  EnvironmentFile,
  WhatIfChange,
} from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet, type TestFleetOptions } from '../__testUtils__/TestFleet';

jest.setTimeout(300_000);

const ANA = 'user:default/ana';
const MINUTE_MS = 60_000;
const STEADY_MS = 4_000;
const INTERVAL_MS = 3_000;

/** One environment, one cluster of all there are. */
const LIVE: EnvironmentFile = {
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'live' },
  spec: { order: 1, placement: { numberOfClusters: 1 } },
};

/** Asks for more than any cluster here has left beside another such app. */
const HUGE = `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    resources: { requests: { cpu: '3' } }
`;

describe('apps move', () => {
  let fleet: TestFleet;
  let aheadMs = 0;
  afterEach(() => fleet?.close());

  /** A fleet whose clock a test may put forward. */
  async function start(
    clusters: string[],
    { deps, ...options }: TestFleetOptions = {},
  ): Promise<void> {
    aheadMs = 0;
    fleet = await TestFleet.create({
      clusters,
      livenessDeadlineMs: 60_000, // a busy machine must not silence a cluster
      ...options,
      deps: {
        clock: { now: () => new Date(Date.now() + aheadMs) },
        ...deps,
        intervals: {
          resyncMs: 500,
          leaseTtlMs: 24 * 60 * MINUTE_MS, // a clock that jumps must not end leases
          ...deps?.intervals,
        },
      },
    });
    fleet.platform = { ...fleet.platform, environments: [LIVE] };
    await fleet.settles();
  }

  const later = (ms: number) => {
    aheadMs += ms;
  };

  async function schedule(
    cluster: string,
    to: 'cordon' | 'drain' | 'uncordon',
    why?: string,
  ): Promise<void> {
    const done = await fleet.controlPlane.scheduleCluster({
      cluster,
      to,
      actor: ANA,
      why,
    });
    expect(done).toEqual({ ok: true, value: undefined });
  }

  async function pageOf(name: string, at?: Date): Promise<Cluster> {
    const found = await fleet.controlPlane.getCluster(name, { at });
    if (!found.ok) throw new Error(found.problem.what);
    return found.value;
  }

  async function whatIf(...changes: WhatIfChange[]) {
    const answer = await fleet.controlPlane.askWhatIf({ changes });
    if (!answer.ok) throw new Error(answer.problem.what);
    return answer.value;
  }

  /** Clusters an app is on, whether it is wanted there or only terminating. */
  const placesOf = async (app: string) =>
    Object.keys(await fleet.healthOf(app, 'live'));

  const runsOn = (app: string, ...expected: string[]) =>
    eventually(
      async () => {
        expect(await placesOf(app)).toEqual(expected);
        expect((await fleet.environment(app, 'live')).health.status).toBe(
          'Healthy',
        );
      },
      { timeoutMs: 60_000 },
    );

  const isHealthyOn = (app: string, name: string) =>
    eventually(
      async () =>
        expect(await fleet.healthOf(app, 'live')).toMatchObject({
          [name]: 'Healthy',
        }),
      { timeoutMs: 60_000 },
    );

  const isSeenAs = (name: string, freshness: Cluster['freshness']) =>
    eventually(
      async () => expect((await pageOf(name)).freshness).toBe(freshness),
      { timeoutMs: 60_000 },
    );

  it('as the question said they would, and never before they run elsewhere', async () => {
    await start(['eu-1', 'us-1']);
    await schedule('us-1', 'cordon');
    await fleet.push('shop');
    expect(await placesOf('shop')).toEqual(['eu-1']);
    await schedule('us-1', 'uncordon');
    expect(await placesOf('shop')).toEqual(['eu-1']);

    const answer = await whatIf({ kind: 'drain', cluster: 'eu-1' });
    expect(answer).toMatchObject({
      sentence: 'Draining eu-1 moves 1 app',
      moves: [
        { app: 'shop', environment: 'live', from: ['eu-1'], to: ['us-1'] },
      ],
      shortages: [],
    });
    expect(await placesOf('shop')).toEqual(['eu-1']); // asking changes nothing

    fleet.cluster('us-1').setFault({ latencyMs: 400 }); // applying takes its time
    await schedule('eu-1', 'drain', 'Its disks are swapped');
    // As long as it is not Healthy there it is still here, whenever one looks.
    const looks: string[] = [];
    await eventually(
      async () => {
        const here = fleet.objects('eu-1', 'Deployment').length > 0;
        const there = (await fleet.healthOf('shop', 'live'))['us-1'];
        looks.push(`${here ? 'here' : 'gone'}, there ${there}`);
        expect((await pageOf('eu-1')).scheduling.state).toBe('drained');
      },
      { timeoutMs: 60_000 },
    );
    expect(looks).toContain('here, there Progressing');
    expect(looks.filter(look => /^gone, there (?!Healthy)/.test(look))).toEqual(
      [],
    );
    await runsOn('shop', 'us-1');
    expect(fleet.objects('eu-1', 'Namespace')).not.toContain('/shop--live');
    const [drained] = (
      await fleet.controlPlane.listJournal({ cluster: 'eu-1' })
    ).filter(({ action }) => action === 'cluster.drained');
    expect(drained).toMatchObject({ actor: ANA, why: 'Its disks are swapped' });
    // The past knows it, too.
    const then = new Date(Date.parse(drained.at) - 1);
    expect((await pageOf('eu-1', then)).scheduling).toEqual({ state: 'open' });
    await schedule('eu-1', 'uncordon');
    expect((await pageOf('eu-1')).scheduling).toEqual({ state: 'open' });
    await runsOn('shop', 'us-1'); // it stays where it is
  });

  it('where releases go in waves, too', async () => {
    await start(['eu-1', 'us-1']);
    await schedule('us-1', 'cordon');
    await fleet.push('shop');
    await schedule('us-1', 'uncordon');
    const rollout = {
      type: 'Progressive' as const,
      progressive: { maxConcurrency: 1 },
    };
    fleet.platform = {
      ...fleet.platform,
      environments: [{ ...LIVE, spec: { ...LIVE.spec, rollout } }],
    };
    await schedule('eu-1', 'drain');
    await eventually(
      async () =>
        expect((await pageOf('eu-1')).scheduling.state).toBe('drained'),
      { timeoutMs: 60_000 },
    );
    await runsOn('shop', 'us-1');
  });

  it('not where nothing takes them: they stay, and the cluster says which and why', async () => {
    await start(['eu-1', 'us-1']);
    await fleet.send('big', undefined, { 'score.yaml': HUGE });
    await fleet.turns('big', 'live', 'Healthy');
    await fleet.send('vast', undefined, { 'score.yaml': HUGE });
    await fleet.turns('vast', 'live', 'Healthy');
    // Two that fill a cluster each: the second found the other one.
    const [[home], [other]] = [await placesOf('big'), await placesOf('vast')];
    expect([home, other].sort()).toEqual(['eu-1', 'us-1']);

    const answer = await whatIf({ kind: 'drain', cluster: home });
    expect(answer).toMatchObject({
      sentence: `Draining ${home} moves no app: 1 has nowhere else to run`,
      shortages: [
        {
          app: 'big',
          stuck: [home],
          refused: [
            {
              clusters: [other],
              reasons: [
                {
                  rule: 'has-capacity',
                  message: expect.stringContaining('Not enough capacity'),
                },
              ],
              remedy: expect.stringContaining('3 CPU'),
            },
          ],
        },
      ],
    });
    await schedule(home, 'drain');
    const scheduling = await eventually(async () => {
      const now = (await pageOf(home)).scheduling;
      expect(now).toMatchObject({ left: [{ state: 'stuck' }] });
      return now;
    });
    expect(scheduling).toMatchObject({
      state: 'draining',
      by: ANA,
      left: [
        {
          app: 'big',
          environment: 'live',
          message: expect.stringMatching(
            /^No other cluster takes it\. 1 refused: not enough capacity/,
          ),
        },
      ],
    });
    expect(await fleet.healthOf('big', 'live')).toEqual({ [home]: 'Healthy' });
    expect((await pageOf(home)).sentence).toContain(
      'is being drained (1 app left, 1 has nowhere else to run)',
    );
    await schedule(home, 'uncordon');
    await runsOn('big', home);
  });

  it('not when a cluster is cordoned: what runs stays, nothing new lands', async () => {
    await start(['eu-1', 'us-1']);
    await schedule('us-1', 'cordon');
    await fleet.push('shop');
    await schedule('us-1', 'uncordon');
    await schedule('eu-1', 'cordon');
    await fleet.push('cart');
    expect([await placesOf('shop'), await placesOf('cart')]).toEqual([
      ['eu-1'],
      ['us-1'],
    ]);
    const placement = await fleet.controlPlane.getPlacement('cart', 'live');
    expect(
      placement.ok &&
        placement.value.verdicts.find(verdict => verdict.cluster === 'eu-1'),
    ).toMatchObject({
      verdict: 'refused',
      remedy: 'Uncordon the cluster',
    });
  });

  it('off a lost cluster after its time, not before, and come back once it stays', async () => {
    await start(['eu-1', 'us-1'], {
      livenessDeadlineMs: 2_000,
      deps: { intervals: { failbackSteadyMs: STEADY_MS } },
    });
    await schedule('us-1', 'cordon');
    await fleet.push('shop');
    await schedule('us-1', 'uncordon');
    fleet.cluster('eu-1').setPower(false);
    await isSeenAs('eu-1', 'unreachable');
    later(4 * MINUTE_MS);
    await aFewLooks();
    expect(await placesOf('shop')).toEqual(['eu-1']);

    later(MINUTE_MS);
    await isHealthyOn('shop', 'us-1');
    const placement = await fleet.controlPlane.getPlacement('shop', 'live');
    expect(
      placement.ok &&
        placement.value.verdicts.find(verdict => verdict.cluster === 'eu-1'),
    ).toMatchObject({
      verdict: 'refused',
      reasons: [
        {
          rule: 'reachable',
          message: expect.stringMatching(/what runs there moves after 5 min$/),
        },
      ],
    });

    // Back: the old copy goes, and the app comes back once the cluster has stayed for a while.
    fleet.cluster('eu-1').setPower(true);
    await eventually(async () =>
      expect(fleet.objects('eu-1', 'Namespace')).not.toContain('/shop--live'),
    );
    await runsOn('shop', 'eu-1');
    const returned = await timesOf('cluster.returned', {
      cluster: 'eu-1',
    });
    const decided = await timesOf('placement.decided', {
      app: 'shop',
    });
    expect(decided).toHaveLength(3);
    const [back, away] = (
      await fleet.controlPlane.listJournal({ app: 'shop' })
    ).filter(({ action }) => action === 'placement.decided');
    expect([back.why, away.why]).toEqual([
      'eu-1: ran here before the cluster was lost, and comes back',
      expect.stringMatching(/^eu-1: no contact since .* after 5 min$/),
    ]);
    expect(decided[2] - returned[0]).toBeGreaterThanOrEqual(STEADY_MS);
    const failovers = await fleet.knex('failovers').whereNull('valid_to');
    expect(failovers).toEqual([]);
  });

  it('not off a cluster that comes and goes', async () => {
    await start(['eu-1', 'us-1'], { livenessDeadlineMs: 2_000 });
    await schedule('us-1', 'cordon');
    await fleet.push('shop');
    await schedule('us-1', 'uncordon');
    for (let turn = 0; turn < 3; turn += 1) {
      fleet.cluster('eu-1').setPower(false);
      await isSeenAs('eu-1', 'unreachable');
      later(4 * MINUTE_MS);
      await aFewLooks();
      fleet.cluster('eu-1').setPower(true);
      await isSeenAs('eu-1', 'live');
    }
    expect(await placesOf('shop')).toEqual(['eu-1']);
    const decisions = (
      await fleet.controlPlane.listJournal({ app: 'shop' })
    ).filter(({ action }) => action === 'placement.decided');
    expect(decisions).toHaveLength(1);
  });

  it('back a few at a time', async () => {
    await start(['eu-1', 'us-1'], {
      livenessDeadlineMs: 10_000, // a busy machine must not silence the other one
      deps: {
        intervals: {
          failbackSteadyMs: STEADY_MS,
          failbackMoves: 4,
          failbackIntervalMs: INTERVAL_MS,
        },
      },
    });
    const apps = Array.from({ length: 10 }, (_, index) => `app-${index}`);
    await schedule('us-1', 'cordon');
    for (const app of apps) await fleet.send(app);
    for (const app of apps) await fleet.turns(app, 'live', 'Healthy', 90_000);
    await schedule('us-1', 'uncordon');
    fleet.cluster('eu-1').setPower(false);
    await isSeenAs('eu-1', 'unreachable');
    later(5 * MINUTE_MS);
    await Promise.all(apps.map(app => isHealthyOn(app, 'us-1')));
    fleet.cluster('eu-1').setPower(true);
    for (const app of apps) await runsOn(app, 'eu-1');
    const returned = await timesOf('cluster.returned', {
      cluster: 'eu-1',
    });
    const back = (
      await Promise.all(apps.map(app => timesOf('placement.decided', { app })))
    )
      .map(decided => decided[2])
      .sort((a, b) => a - b);
    expect(back[0] - returned.at(-1)!).toBeGreaterThanOrEqual(STEADY_MS);
    // Whichever four of them: the fifth after the first came an interval later.
    const allowed: number[] = (
      await fleet.knex('failovers').where({ state: 'returning' })
    )
      .map(row => Number(row.valid_from))
      .sort((a, b) => a - b);
    expect(allowed).toHaveLength(10);
    for (let first = 0; first + 4 < allowed.length; first += 1) {
      expect(allowed[first + 4] - allowed[first]).toBeGreaterThanOrEqual(
        INTERVAL_MS,
      );
    }
  });

  /** When something was journaled, first to last. */
  async function timesOf(
    action: string,
    filter: { app?: string; cluster?: string },
  ): Promise<number[]> {
    const entries = await fleet.controlPlane.listJournal({
      ...filter,
      limit: 500,
    });
    return entries
      .filter(entry => entry.action === action)
      .map(({ at }) => Date.parse(at))
      .sort((a, b) => a - b);
  }

  /** Long enough for everything to be looked at more than once, by the record's own count. */
  async function aFewLooks(): Promise<void> {
    const looks = fleet.looks;
    await eventually(
      async () => expect(fleet.looks).toBeGreaterThan(looks + 2),
      {
        timeoutMs: 60_000,
      },
    );
  }
});

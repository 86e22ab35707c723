import type { RolloutSpec } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import type { Behaviour } from '../__testUtils__/ScriptedApps';
import { TestFleet } from '../__testUtils__/TestFleet';
import { verifyJournal } from '../store';

jest.setTimeout(120_000);

const CLUSTERS = ['dev-1', 'ap-1', 'eu-1', 'us-1'];

const oneByOne = (rest: object = {}): RolloutSpec => ({
  type: 'Progressive',
  progressive: { maxConcurrency: 1, minSuccessTime: '1s', ...rest },
});

const crashOn = (...on: string[]): Behaviour => ({
  does: 'crash',
  code: 3,
  says: ['no database'],
  on,
});

describe('a rollout', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  /** A platform whose production has release 1 everywhere. */
  async function begin(
    rollout: RolloutSpec,
    { livenessDeadlineMs = 60_000 } = {}, // a busy machine must not silence a cluster
  ): Promise<void> {
    fleet = await TestFleet.create({ clusters: CLUSTERS, livenessDeadlineMs });
    await fleet.settles();
    fleet.rollsOut('prod', undefined);
    await fleet.push('shop');
    await fleet.promote('shop', 'prod', 1);
    await fleet.turns('shop', 'prod', 'Healthy');
    fleet.rollsOut('prod', rollout);
  }

  /** Pushes and promotes the next release. */
  async function promoteNext(
    release: number,
    behaviour: Behaviour = { does: 'serve' },
  ): Promise<void> {
    await fleet.push('shop', behaviour, { 'README.md': `release ${release}` });
    await fleet.promote('shop', 'prod', release);
  }

  /** `ap-1 done | eu-1 soaking | us-1 to-apply`. */
  const waves = async (at?: Date) =>
    (await fleet.rollout('shop', 'prod', at)).waves
      .map(({ cells }) =>
        cells.map(({ cluster, state }) => `${cluster} ${state}`).join(', '),
      )
      .join(' | ');

  /** What each cluster of production was seen to run: `ap-1 2 Healthy`. */
  const seen = async (at?: Date) =>
    (await fleet.environment('shop', 'prod', at)).clusters.map(
      ({ cluster, release, health }) =>
        `${cluster} ${release} ${health.status}`,
    );

  const phase = async () => (await fleet.rollout('shop', 'prod')).phase;

  const comesTo = (wanted: string, timeoutMs = 20_000) =>
    eventually(
      async () =>
        expect((await fleet.rollout('shop', 'prod')).phase).toBe(wanted),
      { timeoutMs },
    );

  const shows = (...wanted: string[]) =>
    eventually(async () => expect(await seen()).toEqual(wanted), {
      timeoutMs: 20_000,
    });

  const reported = async () =>
    (await fleet.controlPlane.listJournal({ app: 'shop', limit: 200 }))
      .filter(
        ({ action, environment }) =>
          environment === 'prod' &&
          (action.startsWith('rollout.') || action === 'release.rolled-back'),
      )
      .map(({ message }) => message)
      .reverse();

  it('goes wave by wave: none starts before the one before was seen on the release and soaked', async () => {
    await begin(oneByOne());
    await promoteNext(2);
    const states = new Set<string>();
    await eventually(
      async () => {
        states.add(await waves());
        expect(await phase()).toBe('done');
      },
      { timeoutMs: 20_000 },
    );
    const order = [...states];
    expect(order).toContain('ap-1 soaking | eu-1 to-apply | us-1 to-apply');
    expect(order).toContain('ap-1 done | eu-1 soaking | us-1 to-apply');
    expect(order.at(-1)).toBe('ap-1 done | eu-1 done | us-1 done');
    const isEarly = (state: string) =>
      (/eu-1 (?!to-apply)/.test(state) && !state.includes('ap-1 done')) ||
      (/us-1 (?!to-apply)/.test(state) && !state.includes('eu-1 done'));
    expect(order.filter(isEarly)).toEqual([]);
    await shows('ap-1 2 Healthy', 'eu-1 2 Healthy', 'us-1 2 Healthy');
    await eventually(async () => expect(await reported()).toHaveLength(5));
    expect(await reported()).toEqual([
      'Release 2 of shop goes to Production in 3 waves: ap-1; then eu-1; then us-1',
      'Wave 1 of 3: release 2 goes to ap-1',
      'Wave 2 of 3: release 2 goes to eu-1',
      'Wave 3 of 3: release 2 goes to us-1',
      'Release 2 reached all its clusters in Production',
    ]);
    // Each soaked for a second, as the journal's instants say.
    const starts = (
      await fleet.controlPlane.listJournal({ app: 'shop', limit: 200 })
    )
      .filter(({ action }) => action === 'rollout.wave-started')
      .map(({ at }) => Date.parse(at))
      .sort();
    expect(starts[1] - starts[0]).toBeGreaterThanOrEqual(1_000);
    expect(starts[2] - starts[1]).toBeGreaterThanOrEqual(1_000);
    expect(await verifyJournal(fleet.knex)).toBeUndefined();
    // As it was in the middle.
    const middle = new Date(starts[1] + 10);
    expect(await waves(middle)).toBe(
      'ap-1 done | eu-1 progressing | us-1 to-apply',
    );
  });

  it('halts at the cluster that caused it; all others stay on the release before, and well', async () => {
    await begin(oneByOne());
    await promoteNext(2, crashOn('ap-1'));
    await comesTo('halted');
    const rollout = await fleet.rollout('shop', 'prod');
    expect(rollout.halt).toMatchObject({
      cluster: 'ap-1',
      failures: 1,
      allowed: 0,
    });
    expect(rollout.sentence).toMatch(
      /^Halted at ap-1: .*exit code 3.* 1 failed, none may/,
    );
    expect(rollout.actions.map(({ action }) => action)).toEqual([
      'rollback',
      'resume',
      'abort',
    ]);
    await shows('ap-1 2 Degraded', 'eu-1 1 Healthy', 'us-1 1 Healthy');
    expect(await fleet.environment('shop', 'prod')).toMatchObject({
      health: { status: 'Degraded' },
      rollout: { phase: 'halted', release: 2, before: 1 },
    });

    await fleet.steer('shop', 'prod', 'rollback');
    await fleet.steer('shop', 'prod', 'rollback').catch(() => {}); // asked twice
    await comesTo('done');
    await shows('ap-1 1 Healthy', 'eu-1 1 Healthy', 'us-1 1 Healthy');
    expect(await fleet.rollout('shop', 'prod')).toMatchObject({
      purpose: 'roll-back',
      release: 1,
      sentence: 'Rolled back everywhere',
      actions: [],
    });
    expect((await reported()).slice(2)).toEqual([
      'Release 2 halted in Production at ap-1: nothing new starts',
      'Production of shop rolls back to release 1',
      'Production of shop rolls back to release 1 on ap-1',
      'Release 1 goes to ap-1',
      'Release 1 reached all its clusters in Production',
    ]);
    await fleet.turns('shop', 'prod', 'Healthy');
  });

  it('goes on after a halt when what it lacked is there again, also when someone says so', async () => {
    await begin(oneByOne({ minSuccessTime: '0s' }));
    await promoteNext(2, crashOn('ap-1'));
    await comesTo('halted');
    await fleet.steer('shop', 'prod', 'resume'); // nothing has changed
    await eventually(async () =>
      expect(
        (await reported()).filter(message => message.includes('halted')),
      ).toHaveLength(2),
    );
    fleet.apps.cure();
    await comesTo('done', 60_000); // the cluster waits longer and longer between two starts
    await shows('ap-1 2 Healthy', 'eu-1 2 Healthy', 'us-1 2 Healthy');
  });

  it('starts nothing while it is paused, and goes on when it is resumed', async () => {
    await begin(oneByOne());
    await promoteNext(2);
    await eventually(async () =>
      expect(await waves()).toMatch(/^ap-1 (progressing|soaking)/),
    );
    await fleet.steer('shop', 'prod', 'pause');
    await fleet.steer('shop', 'prod', 'pause'); // is granted already
    await eventually(async () => expect(await waves()).toMatch(/^ap-1 done/), {
      timeoutMs: 20_000,
    });
    await new Promise(resolve => setTimeout(resolve, 300)); // long enough for a wave to start that should not
    expect(await waves()).toBe('ap-1 done | eu-1 to-apply | us-1 to-apply');
    await shows('ap-1 2 Healthy', 'eu-1 1 Healthy', 'us-1 1 Healthy');
    expect((await fleet.environment('shop', 'prod')).health).toMatchObject({
      status: 'Suspended',
      message: 'Paused: 1 of 3 clusters has release 2. Resume to continue',
    });
    await fleet.restartControlPlane();
    expect(await phase()).toBe('paused');
    await fleet.steer('shop', 'prod', 'resume');
    await comesTo('done');
    await shows('ap-1 2 Healthy', 'eu-1 2 Healthy', 'us-1 2 Healthy');
    expect(
      (await reported()).filter(message => message.includes('was')),
    ).toEqual([
      'The rollout of release 2 in Production was paused',
      'The rollout of release 2 in Production was resumed',
    ]);
  });

  it('stops where it is when it is aborted; then only a release goes on', async () => {
    await begin(oneByOne());
    await promoteNext(2);
    await eventually(async () =>
      expect(await waves()).toMatch(/^ap-1 (progressing|soaking)/),
    );
    await fleet.steer('shop', 'prod', 'abort');
    await shows('ap-1 2 Healthy', 'eu-1 1 Healthy', 'us-1 1 Healthy');
    await expect(fleet.steer('shop', 'prod', 'resume')).rejects.toMatchObject({
      problem: { code: 'rollout-not-steerable' },
    });
    await promoteNext(3);
    await comesTo('done');
    await shows('ap-1 3 Healthy', 'eu-1 3 Healthy', 'us-1 3 Healthy');
    expect(await reported()).toContain(
      'Release 3 replaces release 2, which was being rolled out to Production',
    );
    // Release 2 never came to its end: what it took the place of is what is gone back to.
    expect((await fleet.rollout('shop', 'prod')).before).toBe(1);
  });

  it('refuses what would do something else than was read, and grants what is so already', async () => {
    await begin(oneByOne());
    await promoteNext(2);
    await eventually(async () =>
      expect(await waves()).toMatch(/^ap-1 (progressing|soaking)/),
    );
    const read = await fleet.rollout('shop', 'prod');
    const abort = read.actions.find(({ action }) => action === 'abort');
    expect(abort?.does).toContain(
      'ap-1 stays on release 2; eu-1 and us-1 stay on release 1.',
    );
    await eventually(async () =>
      expect(await waves()).toMatch(/^ap-1 done \| eu-1 (?!to-apply)/),
    );
    await expect(
      fleet.steer('shop', 'prod', 'abort', read.version),
    ).rejects.toMatchObject({ problem: { code: 'rollout-moved-on' } });
    expect(await phase()).not.toBe('aborted');

    // What is said now is what happens, however often it is pressed.
    const now = await fleet.rollout('shop', 'prod');
    const does = now.actions.find(({ action }) => action === 'abort')?.does;
    await Promise.all([
      fleet.steer('shop', 'prod', 'abort', now.version),
      fleet.steer('shop', 'prod', 'abort', now.version),
    ]);
    await fleet.steer('shop', 'prod', 'abort', now.version);
    expect(does).toContain(
      'ap-1 and eu-1 stay on release 2; us-1 stays on release 1.',
    );
    await shows('ap-1 2 Healthy', 'eu-1 2 Healthy', 'us-1 1 Healthy');
    await expect(
      fleet.steer('shop', 'prod', 'pause', now.version),
    ).rejects.toMatchObject({
      problem: {
        code: 'rollout-not-steerable',
        why: expect.stringContaining('aborted: 2 of 3 clusters have release 2'),
        next: 'You can roll back to release 1',
      },
    });
    const ended = await fleet.rollout('shop', 'prod');
    await fleet.steer('shop', 'prod', 'rollback', ended.version);
    await fleet.steer('shop', 'prod', 'rollback', ended.version);
    await comesTo('done');
    await shows('ap-1 1 Healthy', 'eu-1 1 Healthy', 'us-1 1 Healthy');
    expect(
      (await reported()).filter(
        message => message.includes('abort') || message.endsWith('release 1'),
      ),
    ).toEqual([
      'The rollout of release 2 in Production was aborted',
      'Production of shop rolls back to release 1',
    ]);
  });

  it('is resumed by two at once as by one', async () => {
    await begin(oneByOne({ minSuccessTime: '0s' }));
    await promoteNext(2);
    await eventually(async () => expect(await waves()).toMatch(/^ap-1/));
    await fleet.steer('shop', 'prod', 'pause');
    const { version } = await fleet.rollout('shop', 'prod');
    await Promise.all(
      [1, 2].map(() => fleet.steer('shop', 'prod', 'resume', version)),
    );
    await comesTo('done');
    expect(
      (await reported()).filter(message => message.includes('resumed')),
    ).toHaveLength(1);
  });

  it('defers a cluster that cannot be reached, says so, and takes it up when it returns', async () => {
    await begin(oneByOne({ minSuccessTime: '0s' }), {
      livenessDeadlineMs: 2_000,
    });
    fleet.cluster('eu-1').setPower(false);
    await eventually(async () => {
      const cluster = await fleet.controlPlane.getCluster('eu-1');
      expect(cluster.ok && cluster.value.freshness).toBe('unreachable');
    });
    await promoteNext(2);
    await comesTo('waiting-for-clusters');
    expect(await waves()).toBe('ap-1 done | eu-1 deferred | us-1 done');
    expect((await fleet.rollout('shop', 'prod')).sentence).toBe(
      'Waiting for eu-1, which cannot be reached; everything else is done',
    );
    fleet.cluster('eu-1').setPower(true);
    await comesTo('done');
    await shows('ap-1 2 Healthy', 'eu-1 2 Healthy', 'us-1 2 Healthy');
  });

  it('goes on where it stood when the process is started again in the middle of a wave', async () => {
    await begin(oneByOne());
    await promoteNext(2);
    await eventually(async () =>
      expect(await waves()).toMatch(/^ap-1 done \| eu-1 (?!to-apply)/),
    );
    await fleet.restartControlPlane();
    await comesTo('done');
    await shows('ap-1 2 Healthy', 'eu-1 2 Healthy', 'us-1 2 Healthy');
    const waveStarts = (await reported()).filter(message =>
      message.startsWith('Wave 1'),
    );
    expect(waveStarts).toHaveLength(1);
  });

  it('gives the first release of an environment wave by wave too, and one that runs everywhere none', async () => {
    fleet = await TestFleet.create({ clusters: CLUSTERS });
    await fleet.settles();
    fleet.rollsOut('prod', oneByOne({ minSuccessTime: '0s' }));
    await fleet.push('shop');
    await fleet.promote('shop', 'prod', 1);
    await comesTo('done');
    expect((await reported())[0]).toBe(
      'Release 1 of shop goes to Production in 3 waves: ap-1; then eu-1; then us-1',
    );
    expect((await fleet.rollout('shop', 'prod')).before).toBeUndefined();
    await shows('ap-1 1 Healthy', 'eu-1 1 Healthy', 'us-1 1 Healthy');
    fleet.rollsOut('prod', undefined);
    await fleet.restartControlPlane();
    await eventually(async () =>
      expect((await fleet.environment('shop', 'prod')).rollout).toBeUndefined(),
    );
    fleet.rollsOut('prod', oneByOne());
    await fleet.restartControlPlane();
    await fleet.turns('shop', 'prod', 'Healthy');
    expect((await fleet.environment('shop', 'prod')).rollout).toBeUndefined();
  });

  it('tells who pushes which wave they wait for', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1', 'staging-1'] });
    await fleet.settles();
    fleet.platform = {
      ...fleet.platform,
      environments: fleet.platform.environments.map(file =>
        file.metadata.name === 'dev'
          ? {
              ...file,
              spec: {
                ...file.spec,
                placement: {},
                rollout: oneByOne({ minSuccessTime: '100ms' }),
              },
            }
          : file,
      ),
    };
    const pushed = await fleet.push('shop');
    expect(pushed.lines.filter(line => line.startsWith('Wave'))).toEqual([
      'Wave 1 of 2: dev-1, then watched for 100 ms',
      'Wave 2 of 2: staging-1, then watched for 100 ms',
    ]);
    expect(pushed.last?.line).toMatch(
      /runs release 1 in Development, healthy after/,
    );
    const crashed = await fleet.push('shop', crashOn('dev-1'));
    expect(crashed.lines.filter(line => line.startsWith('Wave'))).toEqual([
      'Wave 1 of 2: dev-1, then watched for 100 ms',
    ]);
    expect(crashed.last?.kind).toBe('failed');
    // The verdict is last, and wrapped.
    expect(crashed.lines.slice(-3).join(' ')).toMatch(/exit code 3/);
  });
});

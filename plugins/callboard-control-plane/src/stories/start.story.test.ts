import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const AWAY_MS = 60_000; // longer than any deadline: what was seen before the start is too old to be live
const HELD = ['readVersion', 'discover', 'list', 'read'] as const;

/** A start of Callboard over clusters whose answers wait until the test lets them through. */
class HeldAnswers {
  #open: () => void = () => {};
  #gate: Promise<void> = Promise.resolve();

  hold(): void {
    this.#gate = new Promise(resolve => {
      this.#open = resolve;
    });
  }

  release(): void {
    this.#open();
  }

  wrap(connection: ClusterConnection): ClusterConnection {
    return new Proxy(connection, {
      get: (target, name: keyof ClusterConnection) => {
        const value = target[name];
        if (typeof value !== 'function') return value;
        const call = value.bind(target) as (...args: unknown[]) => unknown;
        return HELD.some(held => held === name)
          ? (...args: unknown[]) => this.#gate.then(() => call(...args))
          : call;
      },
    });
  }
}

describe('a start of Callboard', () => {
  const answers = new HeldAnswers();
  let fleet: TestFleet;
  let aheadMs = 0;
  const clock = { now: () => new Date(Date.now() + aheadMs) };

  beforeEach(async () => {
    aheadMs = 0;
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      livenessDeadlineMs: 20_000,
      wrap: connection => answers.wrap(connection),
      deps: { clock },
    });
    await fleet.settles();
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    await fleet.controlPlane.stop();
    answers.hold();
    aheadMs = AWAY_MS;
    await fleet.startControlPlane();
  });

  afterEach(async () => {
    answers.release();
    await fleet.close();
  });

  it('calls no app in need of attention before its clusters were asked', async () => {
    const { controlPlane } = fleet;
    const summary = await controlPlane.getFleetSummary();
    expect(summary.sentence).toBe(
      '1 cluster, reading its state after a start; 1 app, as of 1 min ago.',
    );
    expect(summary).toMatchObject({
      apps: { total: 1, needAttention: 0 },
      clusters: { live: 0 },
    });
    const { health, clusters } = await fleet.environment('shop', 'dev');
    expect(health.status).toBe('Unknown'); // never green before it was observed
    expect(clusters).toMatchObject([{ cluster: 'dev-1', reading: true }]);
    expect((await fleet.app('shop')).sentence).toBe(
      'It is not known how release 1 is in Development: dev-1 is being read after a start.',
    );
    expect(await controlPlane.listClusters()).toMatchObject([
      {
        reading: true,
        sentence:
          'dev-1 is being read after a start; it carried 1 app when it was last seen 1 min ago.',
      },
    ]);

    answers.release();
    await eventually(async () =>
      expect((await controlPlane.getFleetSummary()).sentence).toBe(
        '1 cluster, all live; 1 app, none needs attention.',
      ),
    );
    const [cluster] = await controlPlane.listClusters();
    expect(cluster).not.toHaveProperty('reading');
  });

  it('does when a cluster says nothing until its deadline', async () => {
    aheadMs += 21_000;
    const summary = await fleet.controlPlane.getFleetSummary();
    expect(summary.sentence).toBe(
      '1 cluster, 0 live, 1 not seen for 1 min; 1 app, 1 needs attention.',
    );
  });
});

describe('a portal that stood still', () => {
  const answers = new HeldAnswers();
  let fleet: TestFleet;
  afterEach(async () => {
    answers.release();
    await fleet.close();
  });

  it('blames no cluster for the silence', async () => {
    let aheadMs = 0;
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      wrap: connection => answers.wrap(connection),
      deps: { clock: { now: () => new Date(Date.now() + aheadMs) } },
    });
    await fleet.settles();
    const losses = async () =>
      (await fleet.controlPlane.listJournal({ cluster: 'dev-1' })).filter(
        ({ action }) => action === 'cluster.unreachable',
      );
    const before = await losses();
    answers.hold();
    aheadMs += AWAY_MS;
    await eventually(async () =>
      expect(await fleet.controlPlane.listClusters()).toMatchObject([
        { freshness: 'unreachable' },
      ]),
    );
    expect(await losses()).toEqual(before);
  });
});

describe('a start of Callboard whose database is away for a moment', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  it('waits for it, and then does what was asked for', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.settles();
    await fleet.controlPlane.stop();
    let refused = 0;
    let isAway = true;
    const refuse = () => {
      refused += 1;
      throw Object.assign(new Error('connect ECONNREFUSED'), {
        code: 'ECONNREFUSED',
        syscall: 'connect',
      });
    };
    const knex = new Proxy(fleet.knex, {
      apply: (target, self, args) =>
        isAway ? refuse() : Reflect.apply(target as never, self, args),
    });
    const started = fleet.startControlPlane({ knex });
    await eventually(async () => expect(refused).toBeGreaterThan(1));
    isAway = false;
    await started;
    const pushed = await fleet.push('shop');
    expect(pushed.last?.line).toMatch(/runs release 1 in Development/);
  });
});

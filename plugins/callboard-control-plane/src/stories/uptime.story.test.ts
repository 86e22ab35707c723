import { describeAudit } from '@callboard/plugin-callboard-core';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';
import { KillableProcess } from '../__testUtils__/KillableProcess';
import { type Timers, processTimers } from '../Timers';
import type { ControlPlane } from '../usecases/ControlPlane';

jest.setTimeout(60_000);

const AWAY_MS = 37 * 60_000;
const MINUTE_MS = 60_000;

/** A process that says ten times a second that it is running. */
const timers: Timers = {
  after: (ms, call) => processTimers.after(ms === 10_000 ? 100 : ms, call),
};

describe('a portal that was not running for a time', () => {
  let fleet: TestFleet;
  let killed: ControlPlane | undefined;
  let movedMs = 0;
  const clock = { now: () => new Date(Date.now() + movedMs) };

  beforeEach(() => {
    movedMs = -2 * AWAY_MS; // all of it is over for who asks later
  });
  afterEach(async () => {
    await fleet?.close();
    await killed?.stop().catch(() => {});
  });

  const audit = async (at?: Date) => {
    const { rows } = await fleet.controlPlane.readAudit({ at });
    return describeAudit(rows, each => each.toISOString());
  };
  const history = async (app: string) =>
    (await fleet.controlPlane.listJournal({ app })).map(
      ({ action, message }) => `${action}: ${message}`,
    );

  it('shows what was known before as such, and the time in timeline, audit and history', async () => {
    const process = new KillableProcess();
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      deps: { clock, timers, isSoleProcess: true },
    });
    await fleet.controlPlane.stop();
    killed = await fleet.startControlPlane({
      knex: process.wrapKnex(fleet.knex), // whatever it sees from then on reaches nobody
    });
    await fleet.settles();
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    const before = clock.now();
    await eventually(async () => {
      const [{ until }] = await fleet
        .knex('portal_runs')
        .max({ until: 'until_at' });
      expect(until).toBeGreaterThan(before.getTime());
    });
    process.instants = Number.POSITIVE_INFINITY;
    const ended = clock.now();
    movedMs += AWAY_MS;
    await fleet.startControlPlane();
    await fleet.turns('shop', 'dev', 'Healthy');
    await eventually(async () =>
      expect(await audit()).toBe('1 of 1 app runs where it should.'),
    );

    const during = new Date(ended.getTime() + 10 * MINUTE_MS);
    const gap = await fleet.controlPlane.findGap(during);
    expect(gap?.cause).toBe('stopped');
    expect(ended.getTime() - gap!.from.getTime()).toBeLessThan(1_000);
    expect(gap!.to.getTime() - ended.getTime()).toBeGreaterThanOrEqual(AWAY_MS);
    expect(await fleet.controlPlane.findGap(before)).toBeUndefined();

    const since = gap!.from.toISOString();
    expect(await audit(before)).toBe('1 of 1 app runs where it should.');
    expect(await audit(during)).toBe(
      `0 of 1 app runs where it should; 1 unknown since ${since}.`,
    );
    const { rows } = await fleet.controlPlane.readAudit({ at: during });
    expect(rows).toMatchObject([
      {
        explanation: `Unknown since ${since}: dev-1 not observed`,
        actual: ['dev-1'],
        observed: [{ cluster: 'dev-1', at: since }],
      },
    ]);
    expect(await fleet.environment('shop', 'dev', during)).toMatchObject({
      release: { number: 1 },
      freshness: 'stale',
      health: { status: 'Unknown' },
    });
    expect(
      await fleet.controlPlane.getFleetSummary({ at: during }),
    ).toMatchObject({ clusters: { total: 1, live: 0 } });

    const timeline = await fleet.controlPlane.readTimeline('shop');
    expect(timeline).toMatchObject({
      ok: true,
      value: {
        gaps: [{ from: since, to: gap!.to.toISOString(), cause: 'stopped' }],
        lanes: [{ name: 'dev', bars: [{ release: 1 }] }],
      },
    });

    const reported = (await history('shop')).filter(entry =>
      entry.startsWith('portal.'),
    );
    expect(reported).toEqual([
      expect.stringMatching(
        /^portal\.away: No portal was running from .*\d\d:\d\d to .*\d\d:\d\d UTC \(37 min\)$/,
      ),
    ]);
  });

  it('tells nothing of a restart', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'], deps: { clock } });
    await fleet.send('shop');
    const before = clock.now();
    await fleet.controlPlane.stop();
    movedMs += 25_000;
    await fleet.startControlPlane();
    const during = new Date(before.getTime() + 10_000);
    expect(await fleet.controlPlane.findGap(during)).toBeUndefined();
    expect(await history('shop')).not.toContainEqual(
      expect.stringMatching(/^portal/),
    );
  });

  it('says that its clock was moved back, and calls no time one without a portal for it', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'], deps: { clock } });
    await fleet.send('shop');
    await fleet.controlPlane.stop();
    movedMs -= 10 * MINUTE_MS;
    await fleet.startControlPlane();
    const reported = (await history('shop')).filter(entry =>
      entry.startsWith('portal.'),
    );
    expect(reported).toEqual([
      expect.stringMatching(
        /^portal\.clock-moved-back: The clock of the portal is (10 min|9 min \d+ s) behind what was recorded last$/,
      ),
    ]);
    const runs = await fleet.knex('portal_runs').orderBy('position');
    expect(runs).toHaveLength(2);
    for (const { began_at, until_at } of runs)
      expect(until_at).toBeGreaterThanOrEqual(began_at);
    const timeline = await fleet.controlPlane.readTimeline('shop');
    expect(timeline).toMatchObject({ ok: true, value: { gaps: [] } });
  });
});

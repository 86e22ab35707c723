import type { Problem } from '@callboard/plugin-callboard-common';
import { mockServices } from '@backstage/backend-test-utils';
import type { Timers } from '../../Timers';
import { backOffMs } from './backOff';
import type { Outcome } from './Outcome';
import { type Run, WorkQueue } from './WorkQueue';

const PROBLEM: Problem = {
  code: 'work-failed',
  what: 'Cannot',
  why: 'because',
  next: 'wait',
  transient: true,
};
const SETTLED: Outcome = { kind: 'settled' };

/** Timers that fire when the test says so. */
class HandTimers implements Timers {
  waiting: Array<{ ms: number; call: () => void }> = [];

  after(ms: number, call: () => void) {
    const entry = { ms, call };
    this.waiting.push(entry);
    return () => {
      this.waiting = this.waiting.filter(each => each !== entry);
    };
  }

  fire(ms: number) {
    const due = this.waiting.filter(each => each.ms === ms);
    this.waiting = this.waiting.filter(each => each.ms !== ms);
    for (const { call } of due) call();
  }
}

const DEADLINE_MS = 99_999;

function queue(
  run: (work: string, run: Run) => Promise<Outcome>,
  timers: Timers = new HandTimers(),
) {
  return new WorkQueue<string>({
    keyOf: work => work,
    laneOf: work => work.split('/')[0],
    run,
    deadlineMsOf: () => DEADLINE_MS,
    placesOf: () => ({ most: 2 }),
    backOff: { firstMs: 100, maxMs: 1_000 },
    random: () => 1,
    timers,
    logger: mockServices.logger.mock(),
  });
}

const breathe = () => new Promise(resolve => setImmediate(resolve));

describe('WorkQueue', () => {
  it('never runs the same key twice at once; what was asked for meanwhile is done once after', async () => {
    const log: string[] = [];
    const gates: Array<() => void> = [];
    const work = queue(async key => {
      log.push(`begin ${key}`);
      await new Promise<void>(resolve => gates.push(resolve));
      log.push(`end ${key}`);
      return SETTLED;
    });
    for (let i = 0; i < 5; i += 1) work.add('eu-1/shop');
    await breathe();
    for (let i = 0; i < 5; i += 1) work.add('eu-1/shop');
    expect(log).toEqual(['begin eu-1/shop']);
    gates.shift()!();
    await breathe();
    gates.shift()!();
    await breathe();
    expect(log).toEqual([
      'begin eu-1/shop',
      'end eu-1/shop',
      'begin eu-1/shop',
      'end eu-1/shop',
    ]);
  });

  it('keeps an owner whose works hang from delaying another in the same lane', async () => {
    const done: string[] = [];
    const work = new WorkQueue<string>({
      keyOf: key => key,
      laneOf: () => 'build',
      ownerOf: key => key.split('/')[0],
      run: async key => {
        if (key.startsWith('greedy/')) await new Promise(() => {});
        done.push(key);
        return SETTLED;
      },
      deadlineMsOf: () => DEADLINE_MS,
      placesOf: () => ({ most: 3, perOwner: 2, reserved: 1 }),
      backOff: { firstMs: 100, maxMs: 1_000 },
      random: () => 1,
      timers: new HandTimers(),
      logger: mockServices.logger.mock(),
    });
    for (const app of ['a', 'b', 'c', 'd']) work.add(`greedy/${app}`);
    for (const app of ['e', 'f']) work.add(`patient/${app}`);
    await breathe();
    expect(done).toEqual(['patient/e', 'patient/f']);
  });

  it('gives the places of runs that only wait to others, as far as the lane says', async () => {
    const started: string[] = [];
    const runs = new Map<string, Run>();
    const work = new WorkQueue<string>({
      keyOf: key => key,
      laneOf: () => 'build',
      ownerOf: () => 'guests',
      run: async (key, run) => {
        started.push(key);
        runs.set(key, run);
        return new Promise(() => {});
      },
      deadlineMsOf: () => DEADLINE_MS,
      placesOf: () => ({ most: 3, perOwner: 2, reserved: 1, quiet: 1 }),
      backOff: { firstMs: 100, maxMs: 1_000 },
      random: () => 1,
      timers: new HandTimers(),
      logger: mockServices.logger.mock(),
    });
    for (const app of ['a', 'b', 'c', 'd', 'e']) work.add(app);
    expect(started).toEqual(['a', 'b']);
    runs.get('a')!.setQuiet(true);
    runs.get('b')!.setQuiet(true);
    expect(started).toEqual(['a', 'b', 'c']);
    runs.get('a')!.setQuiet(false); // it speaks again: it goes on, and takes a place again
    runs.get('b')!.setQuiet(true);
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('keeps a lane that hangs from delaying another', async () => {
    const done: string[] = [];
    const work = queue(async key => {
      if (key.startsWith('eu-1/')) await new Promise(() => {});
      done.push(key);
      return SETTLED;
    });
    for (const app of ['a', 'b', 'c', 'd']) work.add(`eu-1/${app}`);
    for (const app of ['a', 'b', 'c', 'd']) work.add(`us-1/${app}`);
    await breathe();
    expect(done).toEqual(['us-1/a', 'us-1/b', 'us-1/c', 'us-1/d']);
  });

  it('runs again after the pause it was told, and after a growing one when it failed', async () => {
    const outcomes: Outcome[] = [
      { kind: 'again', afterMs: 5, because: 'pods start' },
      { kind: 'retry', problem: PROBLEM },
      { kind: 'retry', problem: PROBLEM },
      { kind: 'stuck', problem: PROBLEM },
    ];
    const timers = new HandTimers();
    let runs = 0;
    const work = queue(async () => outcomes[runs++], timers);
    work.add('eu-1/shop');
    const pauses: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      await breathe();
      const { ms } = timers.waiting[0];
      pauses.push(ms);
      timers.fire(ms);
    }
    await breathe();
    expect(pauses).toEqual([5, 100, 200]);
    expect(timers.waiting).toEqual([]);
    expect(runs).toBe(4);
  });

  it('is not put off by a stream of requests: the soonest stands', async () => {
    const timers = new HandTimers();
    let runs = 0;
    const work = queue(async () => {
      runs += 1;
      return SETTLED;
    }, timers);
    for (const ms of [300, 100, 100, 200]) work.addAfter('eu-1/shop', ms);
    expect(timers.waiting.map(({ ms }) => ms)).toEqual([100]);
    timers.fire(100);
    await breathe();
    expect(runs).toBe(1);
  });

  it('takes a thrown error for a failure that may pass', async () => {
    const timers = new HandTimers();
    const work = queue(async () => {
      throw new Error('a bug');
    }, timers);
    work.add('eu-1/shop');
    await breathe();
    expect(timers.waiting.map(({ ms }) => ms)).toEqual([100]);
  });

  it('aborts a run whose time is over', async () => {
    const timers = new HandTimers();
    let reason = '';
    const work = queue(async (_, { signal }) => {
      await new Promise(resolve => signal.addEventListener('abort', resolve));
      reason = 'aborted';
      return SETTLED;
    }, timers);
    work.add('eu-1/shop');
    await breathe();
    timers.fire(DEADLINE_MS);
    await breathe();
    expect(reason).toBe('aborted');
  });

  it('stops: aborts what runs, waits for its end, and starts nothing more', async () => {
    const log: string[] = [];
    const work = queue(async (key, { signal }) => {
      await new Promise(resolve => signal.addEventListener('abort', resolve));
      log.push(`ended ${key}`);
      return { kind: 'again', afterMs: 1, because: 'x' };
    });
    for (const app of ['a', 'b', 'c']) work.add(`eu-1/${app}`);
    await breathe();
    await work.stop();
    work.add('eu-1/z');
    await breathe();
    expect(log).toEqual(['ended eu-1/a', 'ended eu-1/b']);
  });
});

it.each([
  { failures: 1, random: 0, expected: 50 },
  { failures: 1, random: 1, expected: 100 },
  { failures: 3, random: 1, expected: 400 },
  { failures: 50, random: 1, expected: 1_000 },
  { failures: 50, random: 0, expected: 500 },
])(
  'back-off after $failures failures lies between half and all of it',
  ({ failures, random, expected }) => {
    expect(backOffMs({ firstMs: 100, maxMs: 1_000 }, failures, random)).toBe(
      expected,
    );
  },
);

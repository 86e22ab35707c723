import { TestDatabases, mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { StoreCondition, listJournal, migrateStore } from '../store';
import { ChangeFeed } from './ChangeFeed';
import { RunKeeper } from './RunKeeper';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const T0 = Date.parse('2026-11-20T21:00:00Z');

describe.each(databases.eachSupportedId())('RunKeeper on %s', id => {
  let knex: Knex;
  let seconds: number;
  let isAway: boolean;
  const due: Array<() => void> = [];

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
    seconds = 0;
    isAway = false;
    due.length = 0;
  });

  function keeper(holderId: string): RunKeeper {
    const reached = new Proxy(knex, {
      apply: (target, self, args) => {
        if (isAway) throw new Error('the database is away');
        return Reflect.apply(target as never, self, args);
      },
    });
    return new RunKeeper({
      changes: new ChangeFeed(),
      condition: new StoreCondition(knex),
      timers: {
        after: (_ms, call) => {
          due.push(call);
          return () => {};
        },
      },
      deps: {
        knex: reached,
        clock: { now: () => new Date(T0 + seconds * 1_000) },
        holderId,
        logger: mockServices.logger.mock(),
      },
    });
  }

  /** Lets everything that waits take its turn, at this second. */
  async function turn(at: number, keepers: RunKeeper[]): Promise<void> {
    seconds = at;
    for (const call of due.splice(0)) call();
    await Promise.all(keepers.map(each => each.settled()));
  }

  const reported = async () =>
    (await listJournal(knex, { limit: 9 })).map(({ message }) => message);
  const runs = async () =>
    (
      (await knex('portal_runs').orderBy('position')) as Array<{
        holder: string;
        began_at: string;
        until_at: string;
      }>
    ).map(({ holder, began_at, until_at }) =>
      [holder, Number(began_at) - T0, Number(until_at) - T0].join(' '),
    );

  it('tells of a time without a portal once, however many processes start after it', async () => {
    const first = keeper('first');
    await first.start();
    await turn(10, [first]);
    expect(await runs()).toEqual(['first 0 10000']);
    due.length = 0; // it is killed

    seconds = 2_230;
    const both = [keeper('a'), keeper('b')];
    await Promise.all(both.map(each => each.start()));
    await turn(2_240, both);
    expect(await reported()).toEqual([
      'No portal was running from 21:00 to 21:37 UTC (37 min)',
    ]);
    expect((await runs()).slice(1).sort()).toEqual([
      'a 2230000 2240000',
      'b 2230000 2240000',
    ]);
  });

  it('tells that nothing could be recorded, once it can', async () => {
    const one = keeper('one');
    await one.start();
    isAway = true;
    for (const second of [10, 20, 30, 40]) await turn(second, [one]);
    expect(await reported()).toEqual([]);
    isAway = false;
    await turn(50, [one]);
    await turn(60, [one]);
    expect(await reported()).toEqual([
      'Nothing was recorded from 21:00 to 21:00 UTC (50 s): the database did not answer',
    ]);
    expect(await runs()).toEqual(['one 0 0', 'one 50000 60000']);
  });

  it('tells nothing of a process that stood still while another ran', async () => {
    const [still, other] = [keeper('still'), keeper('other')];
    await still.start();
    const itsTurn = due.splice(0);
    await other.start();
    for (const second of [10, 20, 30, 40, 50]) await turn(second, [other]);
    due.push(...itsTurn);
    await turn(60, [still, other]);
    expect(await reported()).toEqual([]);
    expect(await runs()).toEqual(['still 0 60000', 'other 0 60000']);
  });

  it('ends when it is stopped', async () => {
    const one = keeper('one');
    await one.start();
    seconds = 7;
    await one.stop();
    expect(await runs()).toEqual(['one 0 7000']);
  });
});

import fc from 'fast-check';
import { nextRun, parseSchedule, type Schedule } from '.';
import { isTimeZone, readWallTime } from './WallTime';

const MINUTE_MS = 60_000;

function read(text: string): Schedule {
  const schedule = parseSchedule(text);
  if (!schedule) throw new Error(`"${text}" is no schedule`);
  return schedule;
}

function next(
  text: string,
  after: string,
  { timeZone = 'UTC', runs = 1 } = {},
): string[] {
  const schedule = read(text);
  const found: string[] = [];
  let at = new Date(after);
  for (let i = 0; i < runs; i += 1) {
    const run = nextRun(schedule, timeZone, at);
    if (!run) return [...found, 'never'];
    found.push(run.toISOString().replace(':00.000Z', 'Z'));
    at = run;
  }
  return found;
}

describe('schedules', () => {
  it.each([
    ['30 4 * * *', '2026-11-22T04:29:59Z', '2026-11-22T04:30Z'],
    ['30 4 * * *', '2026-11-22T04:30:00Z', '2026-11-23T04:30Z'],
    ['*/15 * * * *', '2026-11-22T04:31:10Z', '2026-11-22T04:45Z'],
    ['50/4 * * * *', '2026-11-22T04:51:00Z', '2026-11-22T04:54Z'],
    ['0 9-17/4 * * mon-fri', '2026-11-20T17:00:00Z', '2026-11-23T09:00Z'],
    ['0 0 13 * fri', '2026-11-14T00:00:00Z', '2026-11-20T00:00Z'],
    ['0 0 13 * *', '2026-11-14T00:00:00Z', '2026-12-13T00:00Z'],
    ['0 0 */2 * sun', '2026-11-22T00:00:00Z', '2026-11-23T00:00Z'],
    ['0 0 29 feb ?', '2026-11-22T00:00:00Z', '2028-02-29T00:00Z'],
    ['0 0 30 2 *', '2026-11-22T00:00:00Z', 'never'],
    ['@yearly', '2026-11-22T00:00:00Z', '2027-01-01T00:00Z'],
    ['@monthly', '2026-11-22T00:00:00Z', '2026-12-01T00:00Z'],
    ['@weekly', '2026-11-22T00:00:00Z', '2026-11-29T00:00Z'],
    ['@daily', '2026-11-22T00:00:00Z', '2026-11-23T00:00Z'],
    ['@hourly', '2026-11-22T00:00:00Z', '2026-11-22T01:00Z'],
  ])('%s runs after %s at %s', (text, after, expected) => {
    expect(next(text, after)).toEqual([expected]);
  });

  it.each([
    {
      name: 'leaves out what a clock leaves out in spring',
      given: ['30 2 * * *', '2026-03-28T00:00:00Z'],
      expected: ['2026-03-28T01:30Z', '2026-03-30T00:30Z'],
    },
    {
      name: 'runs twice in the hour that a clock shows twice in autumn',
      given: ['30 2 * * *', '2026-10-24T12:00:00Z'],
      expected: ['2026-10-25T00:30Z', '2026-10-25T01:30Z'],
    },
    {
      name: 'keeps the hour of the wall over both',
      given: ['0 9 1 * *', '2026-03-01T08:00:00Z'],
      expected: ['2026-04-01T07:00Z', '2026-05-01T07:00Z'],
    },
  ])('$name', ({ given: [text, after], expected }) => {
    expect(next(text, after, { timeZone: 'Europe/Berlin', runs: 2 })).toEqual(
      expected,
    );
  });

  it('finds the first minute of a day that has no midnight', () => {
    expect(
      next('* * 6 9 *', '2026-09-05T12:00:00Z', {
        timeZone: 'America/Santiago',
      }),
    ).toEqual(['2026-09-06T04:00Z']);
  });

  it.each([
    'every day',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 7',
    '5-1 * * * *',
    '*/0 * * * *',
    '*-5 * * * *',
    '1-2-3 * * * *',
    '1/2/3 * * * *',
    '-1 * * * *',
    ', * * * *',
    '@every 1h',
    'constructor', // as every object of JavaScript has it
    'toString',
    '__proto__',
    'TZ=UTC * * * * *',
    `${'1,'.repeat(1_000)}1 * * * *`,
    '',
  ])('"%s" is none', text => {
    expect(parseSchedule(text)).toBeUndefined();
  });

  it('knows time zones', () => {
    expect(
      ['UTC', 'Europe/Berlin', 'US/Eastern', 'Mars/Olympus', '+01:00', ''].map(
        isTimeZone,
      ),
    ).toEqual([true, true, true, false, false, false]);
  });

  it('is never early, and misses no minute that a clock shows', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'];
    const hours = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones, 'Australia/Lord_Howe', 'America/Santiago'),
        fc.tuple(fc.integer({ min: 0, max: 59 }), hours),
        fc.date({
          min: new Date('2026-01-01T00:00:00Z'),
          max: new Date('2026-12-30T00:00:00Z'),
          noInvalidDate: true,
        }),
        (timeZone, [minute, hour], after) => {
          const found = nextRun(
            read(`${minute} ${hour} * * *`),
            timeZone,
            after,
          );
          let at = (Math.floor(after.getTime() / MINUTE_MS) + 1) * MINUTE_MS;
          for (; ; at += MINUTE_MS) {
            const wall = readWallTime(at, timeZone);
            if (wall.minute === minute && wall.hour === hour) break;
          }
          expect(found?.getTime()).toBe(at);
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });
});

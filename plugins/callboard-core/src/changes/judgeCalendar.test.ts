import type { ChangeCalendar } from '@callboard/plugin-callboard-common';
import { describeCalendar } from './describeCalendar';
import { describeInstantIn, judgeCalendar } from './judgeCalendar';

const WEEKDAYS_9_TO_17: ChangeCalendar = {
  timeZone: 'Europe/Berlin',
  windows: [
    {
      days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
      from: '09:00',
      until: '17:00',
    },
  ],
};
const NIGHT: ChangeCalendar = {
  timeZone: 'America/New_York',
  windows: [{ days: ['Sat'], from: '22:00', until: '04:00' }],
};
const FROZEN: ChangeCalendar = {
  ...WEEKDAYS_9_TO_17,
  freezes: [
    {
      from: '2026-12-18T18:00',
      until: '2027-01-04T06:00',
      why: 'the year is closed',
      exceptions: [
        {
          apps: ['checkout'],
          by: 'user:default/petra',
          why: 'Tax rates change',
        },
      ],
    },
  ],
};

it.each<[string, ChangeCalendar | undefined, string, string]>([
  ['no calendar', undefined, '2026-11-23T03:00:00Z', 'open'],
  ['no windows', { windows: [] }, '2026-11-23T03:00:00Z', 'open'],
  ['within', WEEKDAYS_9_TO_17, '2026-11-23T08:00:00Z', 'open'],
  [
    'a minute before',
    WEEKDAYS_9_TO_17,
    '2026-11-23T07:59:59Z',
    'outside-of-windows until Mon 23 November 2026, 09:00 (Europe/Berlin)',
  ],
  [
    'at its end',
    WEEKDAYS_9_TO_17,
    '2026-11-23T16:00:00Z',
    'outside-of-windows until Tue 24 November 2026, 09:00 (Europe/Berlin)',
  ],
  [
    'over the weekend on which clocks go back',
    WEEKDAYS_9_TO_17,
    '2026-10-23T15:00:00Z',
    'outside-of-windows until Mon 26 October 2026, 09:00 (Europe/Berlin)',
  ],
  ['across midnight', NIGHT, '2026-11-22T08:59:00Z', 'open'],
  [
    'after it',
    NIGHT,
    '2026-11-22T09:00:00Z',
    'outside-of-windows until Sat 28 November 2026, 22:00 (America/New_York)',
  ],
  [
    'a window whose start spring leaves out opens after the jump',
    {
      timeZone: 'Europe/Berlin',
      windows: [{ days: ['Sun'], from: '02:30', until: '04:00' }],
    },
    '2026-03-28T12:00:00Z',
    'outside-of-windows until Sun 29 March 2026, 03:30 (Europe/Berlin)',
  ],
  [
    'a freeze, and the first window after it',
    FROZEN,
    '2026-12-24T10:00:00Z',
    'freeze (the year is closed) until Mon 4 January 2027, 09:00 (Europe/Berlin)',
  ],
  [
    'closed, and then frozen',
    FROZEN,
    '2026-12-18T16:30:00Z',
    'outside-of-windows until Mon 4 January 2027, 09:00 (Europe/Berlin)',
  ],
])('%s', (_, calendar, at, expected) => {
  const hold = judgeCalendar(calendar, { app: 'shop' }, new Date(at));
  expect(
    hold
      ? `${hold.kind}${
          hold.kind === 'freeze' ? ` (${hold.why})` : ''
        } until ${describeInstantIn(hold.untilMs, hold.timeZone)}`
      : 'open',
  ).toBe(expected);
});

it('makes an exception for the app that is named, and for no blueprint of that name', () => {
  const at = new Date('2026-12-21T10:00:00Z');
  expect(judgeCalendar(FROZEN, { app: 'checkout' }, at)).toBeUndefined();
  expect(judgeCalendar(FROZEN, { blueprint: 'checkout' }, at)?.kind).toBe(
    'freeze',
  );
});

it('says what it asks, without freezes that are over', () => {
  expect(describeCalendar(FROZEN, new Date('2026-12-01T00:00:00Z'))).toEqual([
    'Changes start on Mon, Tue, Wed, Thu, Fri from 09:00 until 17:00 (Europe/Berlin)',
    'Nothing changes from Fri 18 December 2026, 18:00 (Europe/Berlin) until Mon 4 January 2027, 06:00 (Europe/Berlin): the year is closed',
    'checkout may change in a freeze, says petra: Tax rates change',
    'Rolling back waits as well',
  ]);
  expect(
    describeCalendar(FROZEN, new Date('2027-02-01T00:00:00Z')),
  ).toHaveLength(2);
});

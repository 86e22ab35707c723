import {
  type ChangeCalendar,
  type ChangeFreeze,
  type ChangeWindow,
  WEEKDAYS,
  type WallTime,
  readWallTime,
} from '@callboard/plugin-callboard-common';

/** Why no change may start now, and when it may. Plain data: it is stored with the waiting rollout. */
export type Hold =
  | {
      kind: 'outside-of-windows';
      untilMs: number;
      timeZone: string;
      allowsRollbacks: boolean;
    }
  | {
      kind: 'freeze';
      why: string;
      untilMs: number;
      timeZone: string;
      allowsRollbacks: boolean;
    };

/** The app or blueprint to change. */
export type ChangeSubject = { app: string } | { blueprint: string };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const DAYS_AHEAD = 9; // a window of one weekday, and one that the change to summer time skips
const MOST_STEPS = 1_000; // more freezes than a calendar has, with a window between each

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * Decides whether a change may start now by the calendar of an environment.
 * Pure. Windows open and close at the local time of their time zone; an hour
 * that is skipped in spring is not open, one that occurs twice is open both
 * times.
 *
 * @returns `undefined` where it may
 */
export function judgeCalendar(
  calendar: ChangeCalendar | undefined,
  subject: ChangeSubject,
  now: Date,
): Hold | undefined {
  if (!calendar) return undefined;
  const { timeZone = 'UTC', windows = [], allowsRollbacks = false } = calendar;
  const freezes = (calendar.freezes ?? [])
    .filter(freeze => !isExcepted(freeze, subject))
    .map(({ why, from, until }) => ({
      why,
      fromMs: instantInZone(from, timeZone),
      untilMs: instantInZone(until, timeZone),
    }));
  const found: Array<
    { kind: 'freeze'; why: string } | { kind: 'outside-of-windows' }
  > = [];
  let ms = now.getTime();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const frozen = findFreeze(freezes, ms);
    if (frozen) {
      found.push({ kind: 'freeze', why: frozen.why });
      ms = frozen.untilMs;
      continue;
    }
    if (windows.length === 0 || isWithin(windows, ms, timeZone)) break;
    const next = nextStart(windows, ms, timeZone);
    if (next === undefined) break; // each window has a day of the week
    found.push({ kind: 'outside-of-windows' });
    ms = next;
  }
  const [first] = found;
  return first && { ...first, untilMs: ms, timeZone, allowsRollbacks };
}

/** Returns the instant of the local time `2026-12-20T18:00` in the time zone, in milliseconds since 1970. */
export function instantInZone(text: string, timeZone: string): number {
  const [year, month, day, hour, minute] = text.split(/[-T:]/).map(Number);
  return instantOf({ year, month, day, hour, minute }, timeZone);
}

/** `Mon 23 November 2026, 09:00 (Europe/Berlin)`. */
export function describeInstantIn(ms: number, timeZone: string): string {
  const { year, month, day, hour, minute } = readWallTime(ms, timeZone);
  const weekday = WEEKDAYS[weekdayOf({ year, month, day })];
  const time = [hour, minute].map(each => String(each).padStart(2, '0'));
  return `${weekday} ${day} ${MONTHS[month - 1]} ${year}, ${time.join(
    ':',
  )} (${timeZone})`;
}

function findFreeze<T extends { fromMs: number; untilMs: number }>(
  freezes: readonly T[],
  ms: number,
): T | undefined {
  return freezes.find(({ fromMs, untilMs }) => fromMs <= ms && ms < untilMs);
}

function isExcepted(
  { exceptions = [] }: ChangeFreeze,
  subject: ChangeSubject,
): boolean {
  return exceptions.some(({ apps = [], blueprints = [] }) =>
    'app' in subject
      ? apps.includes(subject.app)
      : blueprints.includes(subject.blueprint),
  );
}

function isWithin(
  windows: readonly ChangeWindow[],
  ms: number,
  timeZone: string,
): boolean {
  const wall = readWallTime(ms, timeZone);
  const today = weekdayOf(wall);
  const yesterday = (today + 6) % 7;
  const minute = wall.hour * 60 + wall.minute;
  return windows.some(({ days = WEEKDAYS, from, until }) => {
    const [start, end] = [minutesOf(from), minutesOf(until)];
    const beginsOn = (day: number) => days.includes(WEEKDAYS[day]);
    return start < end
      ? beginsOn(today) && start <= minute && minute < end
      : (beginsOn(today) && start <= minute) ||
          (beginsOn(yesterday) && minute < end);
  });
}

/** Returns the first instant after `ms` at which a window begins. */
function nextStart(
  windows: readonly ChangeWindow[],
  ms: number,
  timeZone: string,
): number | undefined {
  const { year, month, day } = readWallTime(ms, timeZone);
  const starts = Array.from({ length: DAYS_AHEAD }, (_, ahead) =>
    windows.flatMap(({ days = WEEKDAYS, from }) => {
      const on = new Date(Date.UTC(year, month - 1, day + ahead));
      const date = {
        year: on.getUTCFullYear(),
        month: on.getUTCMonth() + 1,
        day: on.getUTCDate(),
      };
      if (!days.includes(WEEKDAYS[weekdayOf(date)])) return [];
      const minutes = minutesOf(from);
      const hour = Math.floor(minutes / 60);
      return [instantOf({ ...date, hour, minute: minutes % 60 }, timeZone)];
    }),
  ).flat();
  const ahead = starts.filter(
    each => each > ms && isWithin(windows, each, timeZone),
  );
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}

/** Returns the first instant with this local time; for a skipped one, as long after the jump as it would have been. */
function instantOf(wall: WallTime, timeZone: string): number {
  const shown = utcOf(wall);
  const [before, after] = [shown - DAY_MS, shown + DAY_MS].map(
    ms => shown - offsetAt(ms, timeZone),
  );
  const shows = (ms: number) => utcOf(readWallTime(ms, timeZone)) === shown;
  const candidates = [before, after].filter(shows);
  return candidates.length === 0 ? before : Math.min(...candidates);
}

function offsetAt(ms: number, timeZone: string): number {
  const minute = Math.floor(ms / MINUTE_MS) * MINUTE_MS;
  return utcOf(readWallTime(minute, timeZone)) - minute;
}

function utcOf({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** Monday is 0. */
function weekdayOf({
  year,
  month,
  day,
}: Pick<WallTime, 'year' | 'month' | 'day'>): number {
  return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

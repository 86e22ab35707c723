import type { Schedule } from './parseSchedule';
import { type WallTime, readWallTime } from './WallTime';

type CalendarDay = Pick<WallTime, 'year' | 'month' | 'day'>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MOST_YEARS = 5; // 30 February never occurs

/**
 * Returns the first whole minute after `after` at which the local time of the
 * time zone matches the schedule. An hour that is skipped in spring has no run;
 * one that occurs twice in autumn has two.
 *
 * @param timeZone - a name such as `Europe/Berlin` that `isTimeZone` accepts
 * @returns undefined where none comes within five years
 * @remarks Source: github.com/robfig/cron v3, SpecSchedule.Next, which
 *   Kubernetes uses.
 */
export function nextRun(
  schedule: Schedule,
  timeZone: string,
  after: Date,
): Date | undefined {
  let at = (Math.floor(after.getTime() / MINUTE_MS) + 1) * MINUTE_MS;
  const lastYear = readWallTime(at, timeZone).year + MOST_YEARS;
  for (;;) {
    const wall = readWallTime(at, timeZone);
    if (!isOnDay(schedule, wall)) {
      const day = nextDay(schedule, wall, lastYear);
      if (!day) return undefined;
      at = startOf(day, timeZone, at);
    } else if (!schedule.hours.has(wall.hour))
      at += HOUR_MS - wall.minute * MINUTE_MS;
    else if (!schedule.minutes.has(wall.minute))
      at += minutesLeft(schedule, wall) * MINUTE_MS;
    else return new Date(at);
  }
}

/** Returns whether a day matches: one of both lists is enough, unless one of them is `*`. */
function isOnDay(
  { months, daysOfMonth, daysOfWeek, needsBothDays }: Schedule,
  { year, month, day }: CalendarDay,
): boolean {
  if (!months.has(month)) return false;
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const [isOfMonth, isOfWeek] = [daysOfMonth.has(day), daysOfWeek.has(weekday)];
  return needsBothDays ? isOfMonth && isOfWeek : isOfMonth || isOfWeek;
}

/** Returns the next day by the calendar alone: computing local times takes far longer. */
function nextDay(
  schedule: Schedule,
  from: CalendarDay,
  lastYear: number,
): CalendarDay | undefined {
  for (let each = dayAfter(from); each.year <= lastYear; each = dayAfter(each))
    if (isOnDay(schedule, each)) return each;
  return undefined;
}

function dayAfter({ year, month, day }: CalendarDay): CalendarDay {
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  return {
    year: next.getUTCFullYear(),
    month: next.getUTCMonth() + 1,
    day: next.getUTCDate(),
  };
}

/** Returns the minutes to the next matching one, or to the end of the hour: clocks change at full hours. */
function minutesLeft({ minutes }: Schedule, { minute }: WallTime): number {
  let next = minute + 1;
  while (next < 60 && !minutes.has(next)) next += 1;
  return next - minute;
}

/**
 * Returns the first instant after `at` of a day: its midnight, or the first
 * instant after it where midnight is skipped.
 */
function startOf(
  { year, month, day }: CalendarDay,
  timeZone: string,
  at: number,
): number {
  const midnight = Date.UTC(year, month - 1, day);
  const offsets = [midnight - DAY_MS, midnight + DAY_MS].map(
    near => asUtc(readWallTime(near, timeZone)) - near,
  );
  const starts = offsets
    .map(offset => midnight - offset)
    .filter(start => start > at)
    .sort((a, b) => a - b);
  return (
    starts.find(start => asUtc(readWallTime(start, timeZone)) === midnight) ??
    starts.find(start => asUtc(readWallTime(start, timeZone)) > midnight) ??
    at + MINUTE_MS
  );
}

function asUtc({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS_MS = [
  ...[1, 2, 5, 10, 20, 30].map(minutes => minutes * MINUTE_MS),
  ...[1, 3, 6, 12, 24, 48, 168, 336, 720, 1_440].map(hours => hours * HOUR_MS),
];
const MOST_TICKS = 8;

/** A window of time, mapped to 0 to 100 percent. */
export interface TimelineScale {
  from: Date;
  to: Date;
  /** Position of an instant, within the window. */
  percentOf(instant: Date | string): number;
  /** The instant at a position, to the second. */
  instantAt(percent: number): Date;
  ticks: Array<{ at: Date; label: string }>;
}

/** Scale of a window. Ticks are at full minutes, hours or midnights of the reader's zone. */
export function timelineScale(window: {
  from: string;
  to: string;
}): TimelineScale {
  const from = new Date(window.from);
  const to = new Date(window.to);
  const length = Math.max(1, to.getTime() - from.getTime());
  return {
    from,
    to,
    percentOf: instant =>
      clamp(((new Date(instant).getTime() - from.getTime()) / length) * 100),
    instantAt: percent =>
      new Date(
        Math.floor((from.getTime() + (length * clamp(percent)) / 100) / 1_000) *
          1_000,
      ),
    ticks: ticksOf(from, to),
  };
}

function ticksOf(from: Date, to: Date): TimelineScale['ticks'] {
  const length = to.getTime() - from.getTime();
  const step =
    STEPS_MS.find(each => length / each <= MOST_TICKS) ?? STEPS_MS.at(-1)!;
  const format = new Intl.DateTimeFormat(
    'en-GB',
    step < DAY_MS
      ? { hour: '2-digit', minute: '2-digit' }
      : { day: 'numeric', month: 'short' },
  );
  const midnight = new Date(from);
  midnight.setHours(0, 0, 0, 0);
  const ticks: TimelineScale['ticks'] = [];
  for (let count = 0; ticks.length <= MOST_TICKS; count += 1) {
    const at = new Date(midnight);
    if (step < DAY_MS) at.setTime(midnight.getTime() + count * step);
    else at.setDate(at.getDate() + (count * step) / DAY_MS);
    if (at >= to) break;
    if (at >= from) ticks.push({ at, label: format.format(at) });
  }
  return ticks;
}

function clamp(percent: number): number {
  return Math.min(100, Math.max(0, percent));
}

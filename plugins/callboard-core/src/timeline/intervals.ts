import type { TimelineSpan } from '@callboard/plugin-callboard-common';
import type { Interval } from './types';

/** Returns the same time as intervals that neither overlap nor touch, in order. */
export function joinIntervals(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const { from, to } of [...intervals].sort(byBegin)) {
    const last = joined.at(-1);
    if (last && endOf(last) >= from.getTime())
      joined[joined.length - 1] = toInterval(
        last.from.getTime(),
        Math.max(endOf(last), endOf({ to })),
      );
    else joined.push(toInterval(from.getTime(), endOf({ to })));
  }
  return joined;
}

/** Returns the time in the first intervals that is in none of the others. */
export function subtractIntervals(
  intervals: readonly Interval[],
  others: readonly Interval[],
): Interval[] {
  const taken = joinIntervals(others);
  return joinIntervals(intervals).flatMap(interval => {
    const left: Interval[] = [];
    let from = interval.from.getTime();
    for (const other of taken) {
      if (endOf(other) <= from || other.from.getTime() >= endOf(interval))
        continue;
      if (other.from.getTime() > from)
        left.push(toInterval(from, other.from.getTime()));
      from = endOf(other);
    }
    if (from < endOf(interval)) left.push(toInterval(from, endOf(interval)));
    return left;
  });
}

/** End in milliseconds; infinite while it is open. */
export function endOf({ to }: Pick<Interval, 'to'>): number {
  return to?.getTime() ?? Infinity;
}

/** Returns the instants of an interval as the API writes them. */
export function toSpan({ from, to }: Interval): TimelineSpan {
  return {
    from: from.toISOString(),
    ...(to && { to: to.toISOString() }),
  };
}

function toInterval(from: number, to: number): Interval {
  return {
    from: new Date(from),
    ...(to !== Infinity && { to: new Date(to) }),
  };
}

function byBegin(a: Interval, b: Interval): number {
  return a.from.getTime() - b.from.getTime();
}

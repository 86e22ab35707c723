import {
  type RecordGapCause,
  describeDuration,
} from '@callboard/plugin-callboard-common';
import type { UptimeGap } from './types';

const MINUTE_MS = 60_000;

/** Format of the two instants of a gap: pages in the reader's zone, the API in UTC. */
export type WriteGap = (gap: { from: Date; to: Date }) => {
  from: string;
  to: string;
};

const WORDS: Record<RecordGapCause, [what: string, why?: string]> = {
  stopped: ['No portal was running'],
  paused: [
    'Nothing was recorded',
    'the portal stood still, or its clock was moved forward',
  ],
  'no-database': ['Nothing was recorded', 'the database did not answer'],
};

/** `No portal was running from 21:03 to 21:40 UTC (37 min)`, without full stop. */
export function describeGap(gap: UptimeGap, write: WriteGap = inUtc): string {
  const { from, to } = write(gap);
  const lasted = describeLength(gap.to.getTime() - gap.from.getTime());
  const when = `from ${from} to ${to} (${lasted})`;
  const [what, why] = WORDS[gap.cause];
  return why === undefined ? `${what} ${when}` : `${what} ${when}: ${why}`;
}

/** Note of a page of an instant in a gap: `…; what is shown is the last known state.` */
export function describePastInGap(
  gap: UptimeGap,
  write: WriteGap = inUtc,
): string {
  return `${describeGap(gap, write)}; what is shown is the last known state.`;
}

/**
 * `40 s`, `37 min`, `10 h 9 min`: runs are recorded to about ten seconds, so
 * that longer gaps are rounded to minutes.
 */
function describeLength(milliseconds: number): string {
  return describeDuration(
    milliseconds < MINUTE_MS
      ? milliseconds
      : Math.round(milliseconds / MINUTE_MS) * MINUTE_MS,
  );
}

/** The day is written where it is not one. */
function inUtc({ from, to }: { from: Date; to: Date }) {
  const [fromDay, fromTime] = from.toISOString().split('T');
  const [toDay, toTime] = to.toISOString().split('T');
  const isOneDay = fromDay === toDay;
  const write = (day: string, time: string) =>
    `${isOneDay ? '' : `${day} `}${time.slice(0, 5)}`;
  return { from: write(fromDay, fromTime), to: `${write(toDay, toTime)} UTC` };
}

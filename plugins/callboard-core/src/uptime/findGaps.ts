import { LONGEST_PAUSE_MS } from './stepRun';
import type { PortalRun, UptimeGap } from './types';

/**
 * Times in which no process was running, oldest first: what lies between runs,
 * those of several processes together. Before the first and after the last run
 * there is none: a database older than its runs says nothing of that time, and
 * who asks is running.
 *
 * @param runs - all that touch the time that is asked for, with the one before and the one after it; in any order
 * @param now - runs that begin later are of a clock that was moved back, and say nothing
 */
export function findGaps(runs: readonly PortalRun[], now: Date): UptimeGap[] {
  const known = runs
    .filter(({ from }) => from <= now)
    .sort((a, b) => a.from.getTime() - b.from.getTime());
  const gaps: UptimeGap[] = [];
  let until = known[0]?.until;
  for (const run of known) {
    if (run.from.getTime() - until.getTime() > LONGEST_PAUSE_MS)
      gaps.push({
        from: until,
        to: run.from,
        cause: run.after ?? 'stopped',
      });
    if (run.until > until) until = run.until;
  }
  return gaps;
}

/** The gap that an instant lies in. */
export function findGapAt(
  gaps: readonly UptimeGap[],
  at: Date,
): UptimeGap | undefined {
  return gaps.find(({ from, to }) => from < at && at < to);
}

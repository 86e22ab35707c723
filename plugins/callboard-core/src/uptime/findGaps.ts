import { LONGEST_PAUSE_MS } from './stepRun';
import type { PortalRun, UptimeGap } from './types';

/**
 * Finds the times in which no process was running, oldest first: between the
 * runs of all processes. Before the first and after the last run there is no
 * gap: a database older than its runs contains nothing about that time, and the
 * calling process is running.
 *
 * @param runs - all that touch the requested time, with the one before and the
 *   one after it; in any order
 * @param now - runs that begin later were written by a clock that was moved
 *   back, and are ignored
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

/** Returns the gap that contains an instant. */
export function findGapAt(
  gaps: readonly UptimeGap[],
  at: Date,
): UptimeGap | undefined {
  return gaps.find(({ from, to }) => from < at && at < to);
}

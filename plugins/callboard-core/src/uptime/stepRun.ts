import type { PortalRun, UptimeGap } from './types';

/** After a longer pause a portal counts as not running. */
export const LONGEST_PAUSE_MS = 30_000;

/** Facts when a process records that it is running. */
export interface RunFacts {
  /** The run that this process recorded before; absent at its start. */
  own?: PortalRun;
  /** Its last attempt to record, successful or not; absent at its start. */
  triedAt?: Date;
  /** End of the latest run of any process that is not in the future. */
  lastUntil?: Date;
  /** End of the run that began last; later than now where the clock was moved back. */
  newestUntil?: Date;
}

/** What to record. */
export type RunStep =
  /** The run lasts until now. */
  | { kind: 'extend' }
  /** The clock is slightly behind the recorded time: nothing to record until it has caught up. */
  | { kind: 'wait' }
  /** A new run, after a gap where there was one. */
  | { kind: 'begin'; gap?: UptimeGap }
  /** A new run, earlier than recorded ones. */
  | { kind: 'begin-earlier'; aheadMs: number };

/**
 * Decides what to record when a process of the portal is running. Pure.
 *
 * The only clock is the system's, which may be set. Moved forward, it looks
 * like a paused process: either way nothing was recorded in that time. Moved
 * back, it begins another run: no run ends before it began, and the length of
 * the gap before that start is not reported, because it is not known.
 */
export function stepRun(facts: RunFacts, now: Date): RunStep {
  const { own, triedAt, lastUntil, newestUntil } = facts;
  const last = own?.until ?? newestUntil;
  const aheadMs = last ? msBetween(now, last) : 0;
  if (aheadMs > LONGEST_PAUSE_MS) return { kind: 'begin-earlier', aheadMs };
  if (own && msBetween(own.until, now) <= LONGEST_PAUSE_MS)
    return own.until < now ? { kind: 'extend' } : { kind: 'wait' };
  const from = latest(own?.until, lastUntil);
  if (!from || msBetween(from, now) <= LONGEST_PAUSE_MS)
    return own ? { kind: 'extend' } : { kind: 'begin' };
  const cause = own ? causeOf(triedAt ?? own.until, now) : 'stopped';
  return { kind: 'begin', gap: { from, to: now, cause } };
}

/** A process that kept trying was running without a database; one that did not was itself paused. */
function causeOf(triedAt: Date, now: Date): 'paused' | 'no-database' {
  return msBetween(triedAt, now) > LONGEST_PAUSE_MS ? 'paused' : 'no-database';
}

function latest(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (!a || !b) return a ?? b;
  return a > b ? a : b;
}

function msBetween(from: Date, to: Date): number {
  return to.getTime() - from.getTime();
}

import type { PortalRun, UptimeGap } from './types';

/** A portal that is silent for longer was not running, for those who read the record. */
export const LONGEST_PAUSE_MS = 30_000;

/** What is known when a process says that it is running. */
export interface RunFacts {
  /** What this process said before; absent at its start. */
  own?: PortalRun;
  /** When it tried to say so last, whether that was recorded or not; absent at its start. */
  triedAt?: Date;
  /** Until when any process was running, of what does not lie in the future. */
  lastUntil?: Date;
  /** End of the run that was begun last; later than now where the clock was moved back. */
  newestUntil?: Date;
}

/** What has to be recorded of it. */
export type RunStep =
  /** The run lasts until now. */
  | { kind: 'extend' }
  /** The clock stands a little before what is recorded: until it has caught up there is nothing to say. */
  | { kind: 'wait' }
  /** A run of its own, after a time without any where there was one. */
  | { kind: 'begin'; gap?: UptimeGap }
  /** A run of its own, in the past of what is recorded. */
  | { kind: 'begin-earlier'; aheadMs: number };

/**
 * What the record needs to know when a process of the portal says that it is
 * running. Pure.
 *
 * The only clock is the one that may be set. Moved forward, it looks like a
 * process that stood still: nothing was recorded of that time either way. Moved
 * back, it begins another run: no run ends before it began, and how long no
 * portal was running before that start is not told, since nobody knows.
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

/** A process that tried all the time was running; one that did not try stood still itself. */
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

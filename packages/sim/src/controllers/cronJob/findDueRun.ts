import { nextRun, type Schedule } from '@callboard/plugin-callboard-common';

/** A schedule in its time zone. */
export interface Calendar {
  schedule: Schedule;
  timeZone: string;
}

const HOUR_MS = 3_600_000;
/** The longest gap between two runs is that of the 29th of February. */
const LOOK_BACK_MS = [1, 24, 24 * 32, 24 * 367, 24 * 366 * 9].map(
  hours => hours * HOUR_MS,
);

export function nextAfter(
  { schedule, timeZone }: Calendar,
  after: Date,
): Date | undefined {
  return nextRun(schedule, timeZone, after);
}

/**
 * Returns the latest run that is due: after `since`, and not after `now`.
 * Earlier ones are skipped, as the real controller does. Looks back from now in
 * growing steps: a cluster may have been off for a year of minutes.
 */
export function findDueRun(
  calendar: Calendar,
  { since, now }: { since: Date; now: Date },
): Date | undefined {
  for (const backMs of LOOK_BACK_MS) {
    const from = new Date(Math.max(since.getTime(), now.getTime() - backMs));
    const due = latestIn(calendar, from, now);
    if (due !== undefined || from <= since) return due;
  }
  return undefined;
}

function latestIn(calendar: Calendar, from: Date, to: Date): Date | undefined {
  let latest: Date | undefined;
  for (
    let run = nextAfter(calendar, from);
    run !== undefined && run <= to;
    run = nextAfter(calendar, run)
  )
    latest = run;
  return latest;
}

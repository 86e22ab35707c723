import {
  type Health,
  isTimeZone,
  nextRun,
  parseSchedule,
} from '@callboard/plugin-callboard-common';
import { verdict } from '../verdict';
import type {
  ObservedObject,
  ObservedObjects,
  PartRuns,
  RunEnd,
} from './types';

const MINUTE_MS = 60_000;
const LONGEST_PREFIX = 58; // a longer one is truncated in the names of pods

/** Returns when a workload runs and how its last run ended, as far as observed. */
export function runsOf(
  observed: ObservedObject,
  seen: ObservedObjects,
): PartRuns | undefined {
  if (!observed.runs) return undefined;
  const { schedule, timeZone, isSuspended, lastAt } = observed.runs;
  const ended = findEnd(observed, seen);
  return {
    schedule,
    ...(timeZone !== undefined && { timeZone }),
    ...(isSuspended && { isSuspended }),
    ...(lastAt !== undefined && ended && { last: { at: lastAt, ended } }),
  };
}

const SUCCEEDED = verdict(
  'Healthy',
  'LastRunSucceeded',
  'The last run ended well',
);
const FAILED = verdict(
  'Degraded',
  'LastRunFailed',
  'The last run did not end well',
);

/**
 * A cluster reports that a run is over before it reports its success, and never
 * reports the failure of a first run: therefore the instances of the run
 * decide.
 */
export function settleRun(
  observed: ObservedObject,
  seen: ObservedObjects,
): Health | undefined {
  const { health } = observed;
  const end = findEnd(observed, seen);
  if (health?.reason === 'LastRunFailed' && end === 'succeeded')
    return SUCCEEDED;
  if (health?.reason !== 'NeverSucceeded') return health;
  if (end === 'succeeded') return SUCCEEDED;
  return instancesOfRun(observed, seen).some(
    each => each.health?.status === 'Degraded',
  )
    ? FAILED
    : health;
}

/** Returns the next run after an instant; undefined where there is none, or it cannot be computed. */
export function findNextRun(
  { schedule, timeZone = 'UTC', isSuspended }: PartRuns,
  after: Date,
): Date | undefined {
  const parsed = parseSchedule(schedule);
  return parsed && !isSuspended && isTimeZone(timeZone)
    ? nextRun(parsed, timeZone, after)
    : undefined;
}

function findEnd(
  observed: ObservedObject,
  seen: ObservedObjects,
): RunEnd | undefined {
  const { lastAt, succeededAt, isRunning } = observed.runs ?? {};
  if (lastAt === undefined) return undefined;
  if (isRunning) return 'running';
  if (
    succeededAt !== undefined &&
    Date.parse(succeededAt) >= Date.parse(lastAt)
  )
    return 'succeeded';
  return instancesOfRun(observed, seen).some(
    each => each.health?.reason === 'Completed',
  )
    ? 'succeeded'
    : 'failed';
}

/** Found by name: a cluster names a run after the minute in which it was due. */
function instancesOfRun(
  { ref, runs }: ObservedObject,
  seen: ObservedObjects,
): ObservedObject[] {
  if (runs?.lastAt === undefined) return [];
  const minute = Math.floor(Date.parse(runs.lastAt) / MINUTE_MS);
  const prefix = `${ref.name}-${minute}-`;
  if (prefix.length > LONGEST_PREFIX) return [];
  return [...seen.values()].filter(
    other => other.ref.kind === 'Pod' && other.ref.name.startsWith(prefix),
  );
}

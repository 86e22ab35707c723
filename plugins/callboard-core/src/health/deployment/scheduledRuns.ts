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
const LONGEST_PREFIX = 58; // a longer one is cut off in the names of pods

/** When a workload runs and how its last run ended, as far as it was seen. */
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
 * A cluster says that a run is over before it says that it ended well, and of a
 * first run that failed it never says so: the instances of the run are believed,
 * which know it.
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

/** The next run after an instant; undefined where none comes, or nobody can say when. */
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

/** Found by their names: a cluster calls what it starts after the minute in which it was due. */
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

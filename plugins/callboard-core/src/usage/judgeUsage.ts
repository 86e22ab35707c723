import type { Problem } from '@callboard/plugin-callboard-common';

/** Whether the use of instances is known on a cluster, and how recent it is. */
export type UsageState =
  | 'live'
  | 'stale'
  | 'not-served'
  | 'refused'
  | 'failed'
  | 'awaited'
  | 'stopped';

/** The last reading of an app on a cluster. */
export interface UsageFacts {
  lookedAt: Date;
  /** When the cluster last reported a measurement. */
  measuredAt?: Date;
  /** Why the last reading failed. */
  problem?: Pick<Problem, 'code' | 'why' | 'next'>;
}

export interface UsageVerdict {
  state: UsageState;
  /** Text for people where the numbers are not current. */
  what?: string;
  next?: string;
}

const LIVE_MS = 3 * 60_000; // three readings

/**
 * Judges how well the use of an app on a cluster is known. A missing
 * measurement is described in words, never shown as zero.
 *
 * @param facts - undefined where nothing was read yet
 */
export function judgeUsage(
  facts: UsageFacts | undefined,
  { now, isRunning }: { now: Date; isRunning: boolean },
): UsageVerdict {
  if (!facts)
    return isRunning
      ? {
          state: 'awaited',
          what: 'What its instances use has not been read yet',
          next: 'A cluster is asked once a minute',
        }
      : { state: 'stopped', what: 'No instance runs here' };
  const { problem, measuredAt, lookedAt } = facts;
  const isRecent = (at: Date) => now.getTime() - at.getTime() <= LIVE_MS;
  if (!isRecent(lookedAt))
    return {
      state: 'stale',
      what: 'The cluster has not been read since, so these numbers are old',
      next: 'They are read again once the cluster is in contact',
    };
  if (problem) return judgeProblem(problem);
  if (!measuredAt)
    return {
      state: 'awaited',
      what: 'Its instances have not been measured yet',
      next: 'metrics-server measures a new instance within a minute',
    };
  return { state: 'live' };
}

function judgeProblem({
  code,
  why,
  next,
}: Pick<Problem, 'code' | 'why' | 'next'>): UsageVerdict {
  if (code === 'kind-not-served')
    return {
      state: 'not-served',
      what: 'This cluster has no metrics-server, so what instances use is not known',
      next: 'The platform team can install metrics-server on it',
    };
  if (code === 'cluster-refused')
    return {
      state: 'refused',
      what: 'Callboard may not read metrics on this cluster',
      next: 'The platform team installs the newest agent, or allows its account to list pods of metrics.k8s.io',
    };
  return {
    state: 'failed',
    what: `What instances use cannot be read: ${why}`,
    next,
  };
}

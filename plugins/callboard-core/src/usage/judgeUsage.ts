import type { Problem } from '@callboard/plugin-callboard-common';

/** Whether what instances use is known on a cluster, and since when. */
export type UsageState =
  | 'live'
  | 'stale'
  | 'not-served'
  | 'refused'
  | 'failed'
  | 'awaited'
  | 'stopped';

/** What was read last of an app on a cluster. */
export interface UsageFacts {
  lookedAt: Date;
  /** When the cluster said last what instances take. */
  measuredAt?: Date;
  /** Why it did not say it at the last look. */
  problem?: Pick<Problem, 'code' | 'why' | 'next'>;
}

export interface UsageVerdict {
  state: UsageState;
  /** What a person reads where the numbers are not of now. */
  what?: string;
  next?: string;
}

const LIVE_MS = 3 * 60_000; // three looks

/**
 * Returns how well it is known what an app uses on a cluster. What is not
 * measured is said in words, and never as zero.
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

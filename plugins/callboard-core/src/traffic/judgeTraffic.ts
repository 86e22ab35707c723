import {
  type ClusterTraffic,
  type Problem,
  listOf,
  type TrafficSource,
} from '@callboard/plugin-callboard-common';
import { requestMetric } from './trafficQueries';
import type { TrafficNumbers } from './types';

/** Latest answer of a Prometheus about an app on a cluster. */
export interface TrafficFacts {
  askedAt: Date;
  /** Absent where it counts nothing for the app. */
  numbers?: TrafficNumbers;
  /** Why there was no answer. */
  problem?: Pick<Problem, 'code' | 'why' | 'next'>;
}

const LIVE_MS = 3 * 60_000; // three readings, as for usage

/**
 * Returns the request rates of an app on a cluster, or why there are none: a
 * number that is not counted is absent, and never zero.
 *
 * @param sources - sources of the cluster's file, by precedence; undefined
 *   where it names no Prometheus
 */
export function judgeTraffic(
  facts: TrafficFacts | undefined,
  {
    now,
    isRunning,
    sources,
  }: {
    now: Date;
    isRunning: boolean;
    sources: readonly TrafficSource[] | undefined;
  },
): ClusterTraffic {
  if (!sources)
    return {
      state: 'not-configured',
      what: 'Requests are not counted here: no Prometheus is configured for this cluster',
      next: "The platform team can name one in the cluster's file",
    };
  if (!facts)
    return isRunning
      ? {
          state: 'awaited',
          what: 'Prometheus has not been asked yet',
          next: 'It is asked once a minute',
        }
      : { state: 'stopped', what: 'No instance runs here' };
  const { askedAt, numbers, problem } = facts;
  const measuredAt = askedAt.toISOString();
  if (now.getTime() - askedAt.getTime() > LIVE_MS)
    return {
      state: 'stale',
      what: 'Prometheus has not been asked since, so these numbers are old',
      next: 'It is asked again once the cluster is in contact',
      ...(numbers && { ...numbers, measuredAt }),
    };
  if (problem) return judgeProblem(problem);
  if (!numbers)
    return {
      state: 'no-data',
      what: 'Prometheus knows of no request: none has come yet, or nobody counts them',
      next: `It is asked for ${listOf(
        sources.map(requestMetric),
      )} of this app's namespace`,
    };
  return { state: 'live', ...numbers, measuredAt };
}

const REFUSED = [
  'cluster-refused',
  'prometheus-not-allowed',
  'prometheus-refused',
];

function judgeProblem({
  code,
  why,
  next,
}: Pick<Problem, 'code' | 'why' | 'next'>): ClusterTraffic {
  return REFUSED.includes(code)
    ? {
        state: 'refused',
        what: `Callboard may not ask Prometheus: ${why}`,
        next,
      }
    : {
        state: 'failed',
        what: `Prometheus cannot be asked: ${why}`,
        next,
      };
}

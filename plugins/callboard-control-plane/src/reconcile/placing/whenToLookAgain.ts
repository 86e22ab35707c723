import { waitingToLeave } from '@callboard/plugin-callboard-core';
import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import type { Outcome } from '../queue';
import type { FleetFacts } from './FleetSnapshot';

const LOOK_FOR_CAPACITY_MS = 10_000; // capacity may become free without an event: something else was removed

/**
 * Returns when a decision may change by the clock alone: when the toleration of
 * an unreachable cluster ends, or when capacity may have become free. Pure.
 */
export function whenToLookAgain(
  decision: PlacementDecision,
  { clusters, now }: Pick<FleetFacts, 'clusters' | 'now'>,
): Outcome {
  const isShort =
    !decision.satisfied &&
    decision.verdicts.some(({ reasons }) =>
      reasons.some(({ rule }) => rule === 'has-capacity'),
    );
  const waits = isShort || waitingToLeave(decision).length > 0;
  const times = decision.verdicts.flatMap(({ cluster, reasons }) => {
    const silence = reasons.find(each => each.rule === 'unreachable-tolerated');
    const seconds = silence?.facts.failoverAfterSeconds;
    const since = clusters.find(({ name }) => name === cluster)?.silentSince;
    return seconds === undefined || since === undefined
      ? []
      : [Date.parse(since) + seconds * 1000 - now.getTime()];
  });
  if (waits) times.push(LOOK_FOR_CAPACITY_MS);
  return times.length === 0
    ? { kind: 'settled' }
    : {
        kind: 'again',
        afterMs: Math.max(1, Math.min(...times)),
        because: waits
          ? 'nothing takes its place yet'
          : 'a cluster it runs on is silent',
      };
}

import type {
  ClusterFacts,
  PlacementReason,
} from '@callboard/plugin-callboard-common';
import { ADMITS, type PlacementRule } from '../types';

/**
 * Nothing new is placed on a cluster that is not heard of. What runs there
 * stays: that it is silent does not mean that it is gone. Only where a time for
 * failing over is set, it leaves after that.
 */
export const seenRecently: PlacementRule = {
  name: 'seen-recently',
  judge(cluster, { held, now, failoverAfterSeconds = Infinity }) {
    if (cluster.freshness === 'live') return ADMITS;
    const facts = silenceOf(cluster, now);
    const isOverdue = Number(facts.silentSeconds ?? 0) >= failoverAfterSeconds;
    if (held && !isOverdue)
      return { kind: 'admits', notes: [{ rule: 'stays-unseen', facts }] };
    return {
      kind: 'refuses',
      reasons: [{ rule: 'seen-recently', facts }],
      fixes: [[{ rule: 'reconnect', facts: {} }]],
    };
  },
};

function silenceOf(cluster: ClusterFacts, now: Date): PlacementReason['facts'] {
  const { freshness, observedAt } = cluster;
  if (observedAt === undefined) return { freshness };
  const silentSeconds = Math.max(
    0,
    Math.round((now.getTime() - Date.parse(observedAt)) / 1000),
  );
  return { freshness, observedAt, silentSeconds };
}

import type {
  ClusterFacts,
  PlacementReason,
} from '@callboard/plugin-callboard-common';
import { ADMITS, type PlacementRule } from '../types';

/**
 * Nothing new is placed on a cluster that is out of contact. What runs there
 * stays: that it is silent does not mean that it is gone. Only where a time for
 * failing over is set, it leaves after that. The time counts from `silentSince`
 * where that is known, else from when the cluster was in contact last.
 */
export const seenRecently: PlacementRule = {
  name: 'seen-recently',
  judge(cluster, { held, kept, now, failoverAfterSeconds = Infinity }) {
    if (cluster.freshness === 'live') return ADMITS;
    const isOverdue = hasFailedOver(cluster, failoverAfterSeconds, now);
    const facts = {
      ...silenceOf(cluster, now),
      ...(held && Number.isFinite(failoverAfterSeconds)
        ? { failoverAfterSeconds }
        : {}),
    };
    if (held && !isOverdue)
      return { kind: 'admits', notes: [{ rule: 'stays-unseen', facts }] };
    if (held && kept) {
      return {
        kind: 'admits',
        notes: [
          {
            rule: 'stays-until-replaced',
            facts: { because: 'silent', ...facts },
          },
        ],
      };
    }
    return {
      kind: 'refuses',
      reasons: [{ rule: 'seen-recently', facts }],
      fixes: [[{ rule: 'reconnect', facts: {} }]],
    };
  },
};

/** Whether what runs there has waited long enough. Whole seconds only: it never leaves before its time. */
function hasFailedOver(
  { observedAt, silentSince = observedAt }: ClusterFacts,
  failoverAfterSeconds: number,
  now: Date,
): boolean {
  if (silentSince === undefined) return false;
  const waitedMs = now.getTime() - Date.parse(silentSince);
  return Math.floor(waitedMs / 1000) >= failoverAfterSeconds;
}

function silenceOf(cluster: ClusterFacts, now: Date): PlacementReason['facts'] {
  const { freshness, observedAt } = cluster;
  if (observedAt === undefined) return { freshness };
  const silentSeconds = Math.max(
    0,
    Math.round((now.getTime() - Date.parse(observedAt)) / 1000),
  );
  return { freshness, observedAt, silentSeconds };
}

import type {
  ClusterFacts,
  PlacementReason,
  PlacementReasonOf,
} from '@callboard/plugin-callboard-common';
import { ADMITS, type PlacementRule } from '../types';

/** What runs on a silent cluster stays for the time being. Comes and goes with contact, without another decision. */
export const UNREACHABLE_TOLERATED = 'unreachable-tolerated';

/** How well a cluster is known. */
export type Contact = Pick<
  ClusterFacts,
  'freshness' | 'observedAt' | 'silentSince'
>;

interface Patience {
  failoverAfterSeconds?: number;
  now: Date;
}

/**
 * Nothing new is placed on a cluster that is out of contact. What runs there
 * stays: that it is silent does not mean that it is gone. Only where a time for
 * failing over is set, it leaves after that. The time counts from `silentSince`
 * where that is known, else from when the cluster was in contact last.
 */
export const reachable: PlacementRule = {
  name: 'reachable',
  judge(cluster, { held, kept, now, failoverAfterSeconds }) {
    if (cluster.freshness === 'live') return ADMITS;
    const note = held
      ? noteSilence(cluster, { failoverAfterSeconds, now })
      : undefined;
    if (note) return { kind: 'admits', notes: [note] };
    const facts = held
      ? factsOf(cluster, { failoverAfterSeconds, now })
      : silenceOf(cluster, now);
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
      reasons: [{ rule: 'reachable', facts }],
      fixes: [[{ rule: 'reconnect', facts: {} }]],
    };
  },
};

/** That what runs on a silent cluster stays, while its time is not over; undefined after that, and where it is in contact. */
export function noteSilence(
  contact: Contact,
  { failoverAfterSeconds = Infinity, now }: Patience,
): PlacementReason | undefined {
  if (
    contact.freshness === 'live' ||
    hasFailedOver(contact, failoverAfterSeconds, now)
  )
    return undefined;
  return {
    rule: UNREACHABLE_TOLERATED,
    facts: factsOf(contact, { failoverAfterSeconds, now }),
  };
}

/** Whether what runs there has waited long enough. Whole seconds only: it never leaves before its time. */
function hasFailedOver(
  { observedAt, silentSince = observedAt }: Contact,
  failoverAfterSeconds: number,
  now: Date,
): boolean {
  if (silentSince === undefined) return false;
  const waitedMs = now.getTime() - Date.parse(silentSince);
  return Math.floor(waitedMs / 1000) >= failoverAfterSeconds;
}

function factsOf(
  contact: Contact,
  { failoverAfterSeconds = Infinity, now }: Patience,
): PlacementReasonOf<'reachable'>['facts'] {
  return {
    ...silenceOf(contact, now),
    ...(Number.isFinite(failoverAfterSeconds) && { failoverAfterSeconds }),
  };
}

function silenceOf(
  { freshness, observedAt }: Contact,
  now: Date,
): PlacementReasonOf<'reachable'>['facts'] {
  if (observedAt === undefined) return { freshness };
  const silentSeconds = Math.max(
    0,
    Math.round((now.getTime() - Date.parse(observedAt)) / 1000),
  );
  return { freshness, observedAt, silentSeconds };
}

import type {
  ClusterFacts,
  PlacementReason,
  PlacementReasonOf,
} from '@callboard/plugin-callboard-common';
import { ADMITS, type PlacementRule } from '../types';

/**
 * A running app stays on an unreachable cluster for the time being. Comes and
 * goes with contact, without a new decision.
 */
export const UNREACHABLE_TOLERATED = 'unreachable-tolerated';

/** Freshness of a cluster's observation. */
export type Contact = Pick<
  ClusterFacts,
  'freshness' | 'observedAt' | 'silentSince'
>;

interface Patience {
  failoverAfterSeconds?: number;
  now: Date;
}

/**
 * Nothing new is placed on an unreachable cluster. A running app stays, because
 * a lost contact does not mean that the cluster is lost; it leaves only after
 * the failover time, where one is set. The time counts from `silentSince` where
 * that is known, else from the last contact.
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

/**
 * Returns the note that a running app stays on an unreachable cluster, while
 * its failover time is not over; undefined after that, and where the cluster is
 * in contact.
 */
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

/** Returns whether the failover time is over. In whole seconds, so that an app never leaves early. */
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

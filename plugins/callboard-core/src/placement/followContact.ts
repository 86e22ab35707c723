import type {
  PlacementDecision,
  PlacementReason,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import {
  type Contact,
  noteSilence,
  UNREACHABLE_TOLERATED,
} from './rules/reachable';

/** What is known of the contact with clusters at the instant of a read. */
export interface ContactNow {
  /** Undefined where nothing is to be said of it. */
  contactOf(cluster: string): Contact | undefined;
  /** As the environment says; absent where what runs stays for ever. */
  failoverAfterSeconds?: number;
  now: Date;
}

/**
 * A decision that was recorded, with what it says of silent clusters as it is
 * true at an instant. A silence makes no other decision until apps move, so that
 * the one that is kept may speak of a silence that is over, or not of one that
 * is. Pure.
 */
export function followContact(
  decision: PlacementDecision,
  contact: ContactNow,
): PlacementDecision {
  return {
    ...decision,
    verdicts: decision.verdicts.map(verdict => ({
      ...verdict,
      reasons: [
        ...verdict.reasons.filter(({ rule }) => rule !== UNREACHABLE_TOLERATED),
        ...silenceNow(verdict, contact),
      ],
    })),
  };
}

function silenceNow(
  { cluster, verdict, reasons }: PlacementVerdict,
  { contactOf, failoverAfterSeconds, now }: ContactNow,
): PlacementReason[] {
  const contact = verdict === 'chosen' ? contactOf(cluster) : undefined;
  const isLeaving = reasons.some(({ rule }) => rule === 'stays-until-replaced');
  if (!contact || isLeaving) return [];
  const note = noteSilence(contact, { failoverAfterSeconds, now });
  return note ? [note] : [];
}

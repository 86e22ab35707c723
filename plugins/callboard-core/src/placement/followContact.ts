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

/** Contact with clusters at the instant of a read. */
export interface ContactNow {
  /** Undefined where the contact is not to be reported. */
  contactOf(cluster: string): Contact | undefined;
  /** From the environment; absent where running apps stay for ever. */
  failoverAfterSeconds?: number;
  now: Date;
}

/**
 * Updates a recorded decision so that what it reports of unreachable clusters
 * is true at an instant. A lost contact makes no new decision until apps move,
 * so that the recorded one may report a contact lost that is back, or miss one
 * that is lost. Pure.
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

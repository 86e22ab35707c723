import type { Approval } from '@callboard/plugin-callboard-common';

/** A person or program that deploys a release to an environment. */
export interface Bringer {
  actor: string;
  /** Entity references the actor acts for. */
  ownershipRefs?: readonly string[];
  /** Whether permissions let the actor promote the app. */
  mayPromote?: boolean;
}

/** Whether an actor may deploy a release to an environment. */
export type ApprovalVerdict =
  /** `approval`: what is recorded with the release; absent where no approval is required. */
  | { kind: 'granted'; approval?: Approval }
  /** It waits for this group. */
  | { kind: 'missing'; group: string }
  | { kind: 'not-allowed' };

/**
 * A member of the required group approves by deploying the release, no matter
 * who owns the app. A rollback needs no approval where the release already has
 * one from the same group; a release that was rolled back needs a new one to be
 * deployed again. Where no approval is required, permissions decide. Pure.
 */
export function judgeApproval(
  {
    needed,
    had,
    isRollback,
  }: {
    /** Entity reference of the required approver; undefined where none is required. */
    needed?: string;
    /** The approval that the release has in the environment already. */
    had?: Approval;
    isRollback: boolean;
  },
  { actor, ownershipRefs = [], mayPromote = true }: Bringer,
): ApprovalVerdict {
  if (needed === undefined)
    return mayPromote ? { kind: 'granted' } : { kind: 'not-allowed' };
  if ([actor, ...ownershipRefs].includes(needed))
    return { kind: 'granted', approval: { group: needed, by: actor } };
  if (!isRollback || had?.group !== needed)
    return { kind: 'missing', group: needed };
  return mayPromote
    ? { kind: 'granted', approval: had }
    : { kind: 'not-allowed' };
}

import type { Approval } from '@callboard/plugin-callboard-common';

/** Who wants to bring a release into an environment. */
export interface Bringer {
  actor: string;
  /** Entity references the actor acts for. */
  ownershipRefs?: readonly string[];
  /** Whether permissions let the actor promote the app. */
  mayPromote?: boolean;
}

/** Whether somebody may bring a release into an environment. */
export type ApprovalVerdict =
  /** `approval`: what is recorded with the release; absent where nobody has to approve. */
  | { kind: 'granted'; approval?: Approval }
  /** It waits for this group. */
  | { kind: 'missing'; group: string }
  | { kind: 'not-allowed' };

/**
 * Who acts for the group that must approve gives the approval by bringing the
 * release, no matter who owns the app. A rollback needs none where the release
 * has it from the same group already; a release that was rolled back needs
 * another one to come again. Where nobody must approve, permissions decide. Pure.
 */
export function judgeApproval(
  {
    needed,
    had,
    isRollback,
  }: {
    /** Entity reference of who must approve; undefined where nobody must. */
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

/**
 * Whom a new app belongs to that names no owner: the one group of its pusher,
 * so that teammates may push too; the pusher where that is not one group.
 */
export function teamOf(identity: {
  userEntityRef: string;
  ownershipRefs: readonly string[];
}): string {
  const groups = identity.ownershipRefs.filter(ref => ref.startsWith('group:'));
  return groups.length === 1 ? groups[0] : identity.userEntityRef;
}

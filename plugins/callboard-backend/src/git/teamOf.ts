/**
 * Returns the owner of a new app without a named one: the pusher's group, if
 * they are in exactly one, so that teammates may push too; otherwise the
 * pusher.
 */
export function teamOf(identity: {
  userEntityRef: string;
  ownershipRefs: readonly string[];
}): string {
  const groups = identity.ownershipRefs.filter(ref => ref.startsWith('group:'));
  return groups.length === 1 ? groups[0] : identity.userEntityRef;
}

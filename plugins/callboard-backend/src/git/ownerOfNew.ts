import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import type { GitIdentity } from './authenticateGit';
import type { NameGuard } from './createNameGuard';
import { teamOf } from './teamOf';

/**
 * Returns the owner of an app that a push creates: the owner of the component
 * that claims its name, else the pusher's team. An existing app keeps its
 * owner, whatever this returns.
 */
export async function ownerOfNew(
  { app, identity }: { app: string; identity: GitIdentity },
  {
    controlPlane,
    guardName,
  }: {
    controlPlane: Pick<ControlPlane, 'findOwnedApp'>;
    guardName: NameGuard;
  },
): Promise<string> {
  const existing = await controlPlane.findOwnedApp(app);
  if (existing) return existing.owner;
  const { ownershipRefs } = identity;
  const guarded = await guardName(app, { ownershipRefs });
  return (guarded.ok ? guarded.value.owner : undefined) ?? teamOf(identity);
}

import { appPromotePermission } from '@callboard/plugin-callboard-common';
import type { Caller } from './Caller';
import type { RouterDeps } from './RouterDeps';
import { unwrap } from './read';

/**
 * Reads the person who changes the release of an environment, as use cases
 * check it: approvers may belong to another group than the owner. Throws where
 * the app does not exist or may not be seen.
 *
 * @param options - `orDeleted`: a deleted app counts as its last owner's; the
 *   use case refuses a name that was never used
 */
export async function readPromoter(
  { controlPlane, guard }: Pick<RouterDeps, 'controlPlane' | 'guard'>,
  caller: Caller,
  app: string,
  { orDeleted = false }: { orDeleted?: boolean } = {},
): Promise<{ actor: string; mayPromote: boolean; ownershipRefs?: string[] }> {
  await guard.demandToSee(caller, app, { orDeleted });
  if (!orDeleted) unwrap(await controlPlane.getApp(app)); // a missing app is 404, not 403
  const mayPromote = await guard.mayForApp(caller, appPromotePermission, app, {
    orDeleted,
  });
  const ownershipRefs = await guard.ownershipRefs(caller);
  return {
    actor: caller.actor,
    mayPromote,
    ...(ownershipRefs && { ownershipRefs }),
  };
}

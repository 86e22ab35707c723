import { appPromotePermission } from '@callboard/plugin-callboard-common';
import type { Caller } from './Caller';
import type { RouterDeps } from './RouterDeps';
import { unwrap } from './read';

/**
 * Who wants to change what an environment runs, as use cases judge it: who must
 * approve may belong to another group than the owner. Throws where the app is not
 * there or may not be seen.
 *
 * @param options - `orDeleted`: of an app that was deleted, as of who owned it last; that nobody ever used the name is left to the use case
 */
export async function readPromoter(
  { controlPlane, guard }: Pick<RouterDeps, 'controlPlane' | 'guard'>,
  caller: Caller,
  app: string,
  { orDeleted = false }: { orDeleted?: boolean } = {},
): Promise<{ actor: string; mayPromote: boolean; ownershipRefs?: string[] }> {
  await guard.demandToSee(caller, app, { orDeleted });
  if (!orDeleted) unwrap(await controlPlane.getApp(app)); // an app that is not there is 404, not 403
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

import type { PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  type Problem,
  type Result,
  appCreatePermission,
  appPushPermission,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import { isAppOwner } from '../permissions';
import type { GitIdentity } from './authenticateGit';
import type { NameGuard } from './createNameGuard';

/**
 * May this person push to, and read the code of, this app? Somebody who came
 * with a sign-in token is judged by the portal's policy. A git token carries no
 * sign-in that a policy could be asked for, so the rule that the policy is made
 * of, `IS_APP_OWNER`, is asked directly; creating is open to every holder.
 */
export async function authorizeGit(
  app: string,
  identity: GitIdentity,
  deps: {
    controlPlane: Pick<ControlPlane, 'findOwnedApp'>;
    permissions: PermissionsService;
    guardName: NameGuard;
  },
): Promise<Result<void>> {
  const found = await deps.controlPlane.findOwnedApp(app);
  const { credentials, ownershipRefs, userEntityRef } = identity;
  if (!found) {
    const free = await deps.guardName(app, ownershipRefs);
    if (!free.ok) return free;
    if (!credentials) return ok(undefined);
    const [decision] = await deps.permissions.authorize(
      [{ permission: appCreatePermission }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW
      ? ok(undefined)
      : failed(mayNotCreate(app));
  }
  if (!credentials) {
    return isAppOwner.apply(found, { claims: ownershipRefs })
      ? ok(undefined)
      : failed(notOwner(app, found.owner, userEntityRef));
  }
  const [decision] = await deps.permissions.authorize(
    [{ permission: appPushPermission, resourceRef: app }],
    {
      credentials,
    },
  );
  return decision.result === AuthorizeResult.ALLOW
    ? ok(undefined)
    : failed(notOwner(app, found.owner, userEntityRef));
}

function notOwner(app: string, owner: string, user: string): Problem {
  return {
    code: 'not-owner',
    what: `Cannot push to "${app}"`,
    why: `it belongs to ${owner}, and ${user} may not act for it`,
    next: 'Choose another name for your app, or ask its owner',
    transient: false,
  };
}

function mayNotCreate(app: string): Problem {
  return {
    code: 'not-allowed',
    what: `Cannot create "${app}" for you`,
    why: `your account does not have the permission ${appCreatePermission.name}`,
    next: 'Ask the platform team',
    transient: false,
  };
}

import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  type AuthorizePermissionRequest,
  AuthorizeResult,
} from '@backstage/plugin-permission-common';
import {
  type Problem,
  type Result,
  appCreatePermission,
  appPushPermission,
  appReadPermission,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import { isAppOwner } from '../permissions';
import { sourceFollowed } from '../sources/problems';
import type { GitIdentity } from './authenticateGit';
import type { NameGuard } from './createNameGuard';

export interface GitAuthorizerDeps {
  controlPlane: Pick<ControlPlane, 'findOwnedApp' | 'findSource'>;
  permissions: PermissionsService;
  guardName: NameGuard;
}

type OwnedApp = Awaited<ReturnType<ControlPlane['findOwnedApp']>>;

/**
 * May this person push to, and read the code of, this app? Somebody who came
 * with a sign-in token is judged by the portal's policy. A git token carries no
 * sign-in that a policy could be asked for, so the rule that the policy is made
 * of, `IS_APP_OWNER`, is asked directly; creating is open to every holder.
 *
 * Who may not fetch an app is told what is told of one that is not there. A push
 * to a name that others have must be refused, which tells that it is taken: to
 * who may create apps, and by whom only to who may see the app.
 */
export async function authorizeGit(
  {
    app,
    identity,
    isPush,
  }: { app: string; identity: GitIdentity; isPush: boolean },
  deps: GitAuthorizerDeps,
): Promise<Result<void>> {
  const { onlyApp } = identity;
  if (isPush && onlyApp !== undefined && onlyApp !== app)
    return failed(tokenOfApp(app, onlyApp));
  const found = await deps.controlPlane.findOwnedApp(app);
  if (found && (await mayPush(found, identity, deps))) {
    const source = isPush && (await deps.controlPlane.findSource(app));
    return source ? failed(sourceFollowed(source)) : ok(undefined);
  }
  if (!isPush) return failed(nothingToFetch(app));
  if (
    onlyApp !== undefined ||
    !(await isGranted({ permission: appCreatePermission }, identity, deps))
  )
    return failed(mayNotCreate(app));
  if (!found) {
    const kept = await isKept(app, identity, deps);
    if (kept) return failed(nameKept(app));
    const guarded = await deps.guardName(app, {
      ownershipRefs: identity.ownershipRefs,
      ...(identity.credentials && { credentials: identity.credentials }),
    });
    return guarded.ok ? ok(undefined) : guarded;
  }
  return failed(await notOwner(found, identity, deps));
}

/** Whether the name is that of a deleted app that was not this person's. */
async function isKept(
  app: string,
  { ownershipRefs }: GitIdentity,
  { controlPlane }: GitAuthorizerDeps,
): Promise<boolean> {
  const last = await controlPlane.findOwnedApp(app, { orDeleted: true });
  return last !== undefined && !ownershipRefs.includes(last.owner);
}

/** May this person hear how an app does? As who may push to it, or see it on its page. */
export async function mayFollow(
  { app, identity }: { app: string; identity: GitIdentity },
  deps: GitAuthorizerDeps,
): Promise<boolean> {
  const found = await deps.controlPlane.findOwnedApp(app);
  return (
    found !== undefined &&
    ((await mayPush(found, identity, deps)) || maySee(found, identity, deps))
  );
}

async function mayPush(
  app: NonNullable<OwnedApp>,
  identity: GitIdentity,
  deps: GitAuthorizerDeps,
): Promise<boolean> {
  if (identity.onlyApp !== undefined && identity.onlyApp !== app.name)
    return false;
  if (!identity.credentials)
    return isAppOwner.apply(app, { claims: identity.ownershipRefs });
  return isGranted(
    { permission: appPushPermission, resourceRef: app.name },
    identity,
    deps,
  );
}

/** What the policy says; true for a git token, which it cannot be asked about. */
async function isGranted(
  question: AuthorizePermissionRequest,
  { credentials }: GitIdentity,
  { permissions }: GitAuthorizerDeps,
): Promise<boolean> {
  if (!credentials) return true;
  const [decision] = await permissions.authorize([question], { credentials });
  return decision.result === AuthorizeResult.ALLOW;
}

async function maySee(
  { name }: NonNullable<OwnedApp>,
  identity: GitIdentity,
  deps: GitAuthorizerDeps,
): Promise<boolean> {
  return (
    identity.credentials !== undefined &&
    isGranted(
      { permission: appReadPermission, resourceRef: name },
      identity,
      deps,
    )
  );
}

async function notOwner(
  app: NonNullable<OwnedApp>,
  identity: GitIdentity,
  deps: GitAuthorizerDeps,
): Promise<Problem> {
  const { name, owner } = app;
  const isShown = await maySee(app, identity, deps);
  return {
    code: 'not-owner',
    what: `Cannot push to "${name}"`,
    why: `it belongs to ${isShown ? owner : 'somebody else'}, and ${
      identity.userEntityRef
    } may not act for it`,
    next: 'Choose another name for your app, or ask its owner',
    transient: false,
  };
}

function nameKept(app: string): Problem {
  return {
    code: 'app-name-taken',
    what: `Cannot create "${app}"`,
    why: 'an app of this name was deleted, and its last owner may use the name again',
    next: 'Choose another name for your app',
    transient: false,
  };
}

function tokenOfApp(app: string, onlyApp: string): Problem {
  return {
    code: 'git-token-of-app',
    what: `Cannot push to "${app}"`,
    why: `this token is one of ${onlyApp}, and good for no other app`,
    next: `Create a token for "${app}" on your settings page in the portal, or use one of your own`,
    transient: false,
  };
}

function mayNotCreate(app: string): Problem {
  return {
    code: 'not-allowed',
    what: `You may not create "${app}"`,
    why: `your account does not have the permission ${appCreatePermission.name}`,
    next: 'Ask the platform team',
    transient: false,
  };
}

/** There is no such repository, or it is not this person's: the two are told alike. */
export function nothingToFetch(app: string): Problem {
  return {
    code: 'repository-not-found',
    what: `Cannot fetch "${app}"`,
    why: 'there is no repository of this name that you may read',
    next: 'Check the name; to create it, push: git push <url> main',
    transient: false,
  };
}

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
 * Checks whether a person may push to, or fetch, an app. With a sign-in token,
 * the portal's policy decides. A git token has no sign-in for which a policy
 * could be evaluated, so the policy's rule `IS_APP_OWNER` is evaluated
 * directly; every holder may create apps.
 *
 * For a person who may not fetch an app, the response is the same as for a
 * missing app. A push to a name in use must be refused, which reveals that it
 * is taken: only to people who may create apps; its owner only to people who
 * may see the app.
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

/** Whether the name belongs to a deleted app of another owner. */
async function isKept(
  app: string,
  { ownershipRefs }: GitIdentity,
  { controlPlane }: GitAuthorizerDeps,
): Promise<boolean> {
  const last = await controlPlane.findOwnedApp(app, { orDeleted: true });
  return last !== undefined && !ownershipRefs.includes(last.owner);
}

/** Checks whether a person may follow the status of an app: if they may push to it, or see it on its page. */
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

/** Returns the policy's decision; true for a git token, for which no policy can be evaluated. */
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

/** The repository does not exist, or the person may not fetch it: the response is the same. */
export function nothingToFetch(app: string): Problem {
  return {
    code: 'repository-not-found',
    what: `Cannot fetch "${app}"`,
    why: 'there is no repository of this name that you may read',
    next: 'Check the name; to create it, push: git push <url> main',
    transient: false,
  };
}

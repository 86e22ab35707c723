import type {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  type Problem,
  type Result,
  type TokenScope,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type ControlPlane,
  isIssuedGitToken,
} from '@callboard/plugin-callboard-control-plane';
import type { GitTokens } from './GitTokens';
import type { UserOwnership } from './resolveOwnership';

/** The authenticated user of the git host. */
export interface GitIdentity {
  /** Entity reference of the person, or `token:shop/ci` for a token of an app. */
  userEntityRef: string;
  /** Entity references this person acts for, including their own. */
  ownershipRefs: string[];
  /** Set when the password was a sign-in token of the portal: then Backstage's policy decides. */
  credentials?: BackstageCredentials<BackstageUserPrincipal>;
  /** The only app that an app's token is valid for. Such a token creates no app. */
  onlyApp?: string;
  /** Scope and name of a token that a person created. */
  scope?: TokenScope;
  token?: string;
}

/** Resolves the holder of a token that a person created in the portal. */
export type IdentifyToken = (token: string) => Promise<Result<GitIdentity>>;

export interface GitAuthenticatorDeps {
  tokens: GitTokens;
  auth: AuthService;
  userInfo: UserInfoService;
  controlPlane: Pick<ControlPlane, 'admitGitToken'>;
  /** Returns the entity references that a user acts for, where a token does not contain them. */
  resolveOwnership(userEntityRef: string): Promise<UserOwnership>;
}

/**
 * Reads Basic credentials: a git token of the configuration with its user name,
 * or, with any user name, a git token that a person created or a sign-in token
 * of the portal (`POST /api/auth/guest/refresh` with the sign-in key). A
 * problem never contains what was sent.
 */
export async function authenticateGit(
  authorization: string | undefined,
  deps: GitAuthenticatorDeps,
): Promise<Result<GitIdentity>> {
  const { tokens, auth, userInfo, resolveOwnership } = deps;
  const [, encoded] =
    /^Basic ([A-Za-z0-9+/=]{1,16384})$/i.exec(authorization ?? '') ?? [];
  if (!encoded) return failed(tokenMissing());
  const [, username, password] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ??
    [];
  if (!password) return failed(tokenMissing());

  const known = tokens.find(username, password);
  if (known) {
    const { userEntityRef } = known;
    return ok({
      userEntityRef,
      ownershipRefs:
        known.ownershipRefs ?? (await resolveOwnership(userEntityRef)).refs,
    });
  }

  if (isIssuedGitToken(password)) {
    const holder = await identifyHolder(password, deps);
    return holder.ok && holder.value.scope === 'api'
      ? failed(notForGit(holder.value))
      : holder;
  }

  const credentials = await auth.authenticate(password).catch(() => undefined); // a wrong token is a result, not an error
  if (!credentials || !auth.isPrincipal(credentials, 'user'))
    return failed(tokenWrong());
  const { userEntityRef, ownershipEntityRefs } = await userInfo.getUserInfo(
    credentials,
  );
  return ok({ userEntityRef, ownershipRefs: ownershipEntityRefs, credentials });
}

/** Resolves the holder of a token that a person created in the portal, with their current groups. */
export async function identifyHolder(
  token: string,
  {
    controlPlane,
    resolveOwnership,
  }: Pick<GitAuthenticatorDeps, 'controlPlane' | 'resolveOwnership'>,
): Promise<Result<GitIdentity>> {
  const admitted = await controlPlane.admitGitToken(token);
  if (!admitted.ok) return admitted;
  const holder = admitted.value;
  if (holder.kind === 'app')
    return ok({
      userEntityRef: holder.actor,
      ownershipRefs: [holder.owner],
      onlyApp: holder.app,
      scope: 'git',
      token: holder.token,
    });
  const { userEntityRef, scope, token: name } = holder;
  const { refs, isInCatalog } = await resolveOwnership(userEntityRef);
  if (holder.inCatalog && isInCatalog === false)
    return failed(personGone(name));
  return ok({ userEntityRef, ownershipRefs: refs, scope, token: name });
}

const NEXT =
  'Create a git token on your settings page in the portal, and use it as the password; in the playground npm start prints one';

function personGone(token: string): Problem {
  return {
    code: 'git-token-ended',
    what: 'Not signed in to git',
    why: `the person whose token "${token}" is, is not in the catalog any longer`,
    next: 'Ask the platform team, if you should be',
    transient: false,
  };
}

function notForGit({ token }: GitIdentity): Problem {
  return {
    code: 'git-token-wrong',
    what: 'Not signed in to git',
    why: `the token "${token}" is for the command line, and git takes tokens for git`,
    next: 'Create a git token on your settings page, and use it as the password',
    transient: false,
  };
}

function tokenMissing(): Problem {
  return {
    code: 'git-token-missing',
    what: 'Not signed in to git',
    why: 'the request has no user name and token',
    next: NEXT,
    transient: false,
  };
}

function tokenWrong(): Problem {
  return {
    code: 'git-token-wrong',
    what: 'Not signed in to git',
    why: 'this user name and token are not known here',
    next: NEXT,
    transient: false,
  };
}

import type {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { GitTokens } from './GitTokens';

/** Who talks to the git host. */
export interface GitIdentity {
  userEntityRef: string;
  /** Entity references this person acts for, its own among them. */
  ownershipRefs: string[];
  /** Present when the password was a sign-in token of the portal: then Backstage's policy decides. */
  credentials?: BackstageCredentials<BackstageUserPrincipal>;
}

export interface GitAuthenticatorDeps {
  tokens: GitTokens;
  auth: AuthService;
  userInfo: UserInfoService;
  /** What a user acts for, where a token does not say. */
  resolveOwnership(userEntityRef: string): Promise<string[]>;
}

/**
 * Reads Basic credentials: a git token with its user name, or a sign-in token
 * of the portal (`POST /api/auth/guest/refresh` with the sign-in key) with any user name. A problem
 * never repeats what was sent.
 */
export async function authenticateGit(
  authorization: string | undefined,
  { tokens, auth, userInfo, resolveOwnership }: GitAuthenticatorDeps,
): Promise<Result<GitIdentity>> {
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
        known.ownershipRefs ?? (await resolveOwnership(userEntityRef)),
    });
  }

  const credentials = await auth.authenticate(password).catch(() => undefined); // a wrong token is an answer
  if (!credentials || !auth.isPrincipal(credentials, 'user'))
    return failed(tokenWrong());
  const { userEntityRef, ownershipEntityRefs } = await userInfo.getUserInfo(
    credentials,
  );
  return ok({ userEntityRef, ownershipRefs: ownershipEntityRefs, credentials });
}

const NEXT =
  'Use a git token of your own in the address: npm start prints one for the playground, elsewhere the platform team issues it';

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

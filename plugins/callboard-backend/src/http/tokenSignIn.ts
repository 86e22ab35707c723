import { type Problem, ProblemError } from '@callboard/plugin-callboard-common';
import { isIssuedGitToken } from '@callboard/plugin-callboard-control-plane';
import type { Request } from 'express';
import type { GitIdentity, IdentifyToken } from '../git';
import type { TokenHolder } from './Caller';
import { unwrap } from './read';

/** Routes, below `/v1`, that accept a token for the command line: apps, but no list of tokens, cluster or journal. */
const API_ROUTES = /^\/apps(\/|$)/;

/** Senders of requests with a token: Backstage's auditor cannot identify them without a sign-in. */
const actors = new WeakMap<Request, string>();

/** Returns the token that a person created in the portal and that a request carries instead of a sign-in. */
export function readIssuedToken({ headers }: Request): string | undefined {
  const [, token] =
    /^Bearer (\S{1,256})$/i.exec(headers.authorization ?? '') ?? [];
  return token !== undefined && isIssuedGitToken(token) ? token : undefined;
}

/** Returns the sender of a request with a token; undefined for a sign-in. */
export function tokenActorOf(req: Request): string | undefined {
  return actors.get(req);
}

/** Throws for a git token, for one that is no longer valid, and where tokens are not accepted. */
export async function signInByToken(
  req: Request,
  token: string,
  identify: IdentifyToken,
): Promise<TokenHolder> {
  const readHolder = async () => unwrap(await identify(token));
  const holder = await readHolder();
  if (holder.scope !== 'api') throw new ProblemError(opensGitAlone(holder));
  if (!API_ROUTES.test(req.path)) throw new ProblemError(opensAppsAlone());
  actors.set(req, holder.userEntityRef);
  return { actor: holder.userEntityRef, readHolder };
}

function opensGitAlone({ token }: Pick<GitIdentity, 'token'>): Problem {
  return {
    code: 'git-token-wrong',
    what: 'Not signed in',
    why: `the token "${token}" is for git, and opens nothing else`,
    next: 'Run: npx callboard login. It creates a token for the command line, or says where you do',
    transient: false,
  };
}

function opensAppsAlone(): Problem {
  return {
    code: 'not-allowed',
    what: 'You may not do this with a token',
    why: 'a token for the command line opens apps, and neither other tokens nor clusters',
    next: 'Sign in to the pages of the portal',
    transient: false,
  };
}

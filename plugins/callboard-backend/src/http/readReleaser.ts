import {
  type Problem,
  ProblemError,
  appCreatePermission,
  appPushPermission,
} from '@callboard/plugin-callboard-common';
import type { Pusher } from '@callboard/plugin-callboard-git-node';
import type { Request } from 'express';
import type { GitIdentity } from '../git';
import type { Caller } from './Caller';
import { appNotFound } from './Guard';
import { demandOwner } from './newApp';
import type { RouterDeps } from './RouterDeps';
import { unwrap } from './read';
import { readIssuedToken } from './tokenSignIn';

/** The sender of a release without git. */
export interface Releaser {
  actor: string;
  /** Set where its sign-in identifies the caller; required by the audit. */
  request?: Request;
  /**
   * Returns the identity that pushes: it may push to the app or, where the app
   * does not exist, create one for its owner. An app that they may not see is
   * reported as missing.
   *
   * @param owner - of an app that is created; nothing is created without one
   */
  readPusher(of: { app: string; owner?: string }): Promise<Pusher>;
  /** Throws unless they may follow the status of the app. */
  demandToFollow(app: string): Promise<void>;
}

/** Routes, below `/v1`, that are equivalent to a push: they accept a git token. */
const TOKEN_ROUTES: Readonly<Record<string, RegExp>> = {
  POST: /^\/apps\/[^/]+\/releases$/,
  GET: /^\/apps\/[^/]+\/releases\/[^/]+\/progress$/,
};

/**
 * Returns the holder of the git token that a request carries instead of a
 * sign-in; undefined for a request without one, and for a route that accepts
 * none.
 */
export async function readTokenHolder(
  req: Request,
  { pushTokens }: Pick<RouterDeps, 'pushTokens'>,
): Promise<GitIdentity | undefined> {
  if (!TOKEN_ROUTES[req.method]?.test(req.path)) return undefined;
  const token = readIssuedToken(req);
  if (token === undefined) return undefined;
  const holder = unwrap(await pushTokens.identify(token));
  return holder.scope === 'api' ? undefined : holder; // the guard handles those
}

/** Returns the releaser: the holder of a git token, or the signed-in caller. */
export async function readReleaser(
  req: Request,
  deps: RouterDeps,
): Promise<Releaser> {
  const holder = await readTokenHolder(req, deps);
  return holder
    ? releaserOfToken(holder, deps)
    : releaserOfCaller(await deps.guard.identify(req), req, deps);
}

function releaserOfToken(
  identity: GitIdentity,
  { controlPlane, pushTokens }: RouterDeps,
): Releaser {
  const { userEntityRef: actor, ownershipRefs } = identity;
  return {
    actor,
    async readPusher({ app, owner }) {
      const existing = await controlPlane.findOwnedApp(app);
      const allowed = await pushTokens.authorize({
        app,
        identity,
        isPush: true,
      });
      // Git reveals that a name is taken, because a push creates missing apps. Here an app
      // is created only on request.
      if (!allowed.ok && allowed.problem.code === 'not-owner')
        throw new ProblemError(appNotFound(app));
      unwrap(allowed);
      if (existing) return { actor, owner: existing.owner, ownershipRefs };
      if (owner === undefined) throw new ProblemError(appNotFound(app));
      demandOwner({ app, owner, ownershipRefs });
      return { actor, owner, ownershipRefs };
    },
    async demandToFollow(app) {
      if (!(await pushTokens.mayFollow({ app, identity })))
        throw new ProblemError(appNotFound(app));
    },
  };
}

function releaserOfCaller(
  caller: Caller,
  request: Request,
  { controlPlane, guard, guardName }: RouterDeps,
): Releaser {
  const { actor, credentials } = caller;
  return {
    actor,
    request,
    async readPusher({ app, owner }) {
      const existing = await controlPlane.findOwnedApp(app);
      if (!existing && owner !== undefined) {
        await guard.demand(caller, appCreatePermission);
        const ownershipRefs = (await guard.ownershipRefs(caller)) ?? [owner];
        demandOwner({ app, owner, ownershipRefs });
        unwrap(
          await guardName(app, {
            ownershipRefs,
            owner,
            ...(credentials && { credentials }),
          }),
        );
        return { actor, owner, ownershipRefs };
      }
      if (existing && (await guard.mayForApp(caller, appPushPermission, app))) {
        const ownershipRefs = await guard.ownershipRefs(caller);
        return {
          actor,
          owner: existing.owner,
          ownershipRefs: ownershipRefs ?? [existing.owner],
        };
      }
      await guard.demandToSee(caller, app);
      unwrap(await controlPlane.getApp(app)); // callers who see every app learn that it does not exist
      throw new ProblemError(mayNotPush(app));
    },
    async demandToFollow(app) {
      await guard.demandToSee(caller, app);
    },
  };
}

function mayNotPush(app: string): Problem {
  return {
    code: 'not-owner',
    what: `Cannot push to "${app}"`,
    why: 'it belongs to somebody else, and you may not act for them',
    next: 'Choose another name for your app, or ask its owner',
    transient: false,
  };
}

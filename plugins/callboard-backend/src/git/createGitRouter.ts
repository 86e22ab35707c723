import {
  type Problem,
  type Result,
  checkAppName,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import { once } from 'node:events';
import type { GitIdentity } from './authenticateGit';
import { nothingToFetch } from './authorizeGit';
import type { GitHostDeps } from './GitHostDeps';
import { ConcurrencyLimiter } from '../doors/ConcurrencyLimiter';
import { endWhenIdle } from './endWhenIdle';
import { startHttpBackend } from './httpBackend';
import { receivePush } from './receivePush';
import { sendCgiAnswer } from './sendCgiAnswer';
import { sendTextProblem } from './sendTextProblem';
import { leaveSignal } from '../doors/leaveSignal';
import { watchRight } from '../doors/watchRight';
import { holdsRight } from './holdsRight';

interface GitCall {
  req: Request;
  res: Response;
  app: string;
  identity: GitIdentity;
  /** Releases the slot of this transfer; the rest of the call only waits. */
  onTransferred(): void;
}

const PLACE_MS = 20_000; // git and proxies wait longer than that for a response

/**
 * Serves Git over HTTP for the repositories of all apps through `git
 * http-backend`. Mounted outside of Backstage's sign-in: git knows only Basic
 * authentication. Everything that can be refused without the pack is refused at
 * the first request, whose text git shows.
 */
export function createGitRouter(deps: GitHostDeps): Router {
  const router = Router();
  const { maxConcurrent, maxFollowers } = deps.limits;
  const transfers = new ConcurrencyLimiter({
    total: maxConcurrent,
    perCaller: Math.ceil(maxConcurrent / 2),
    waitMs: PLACE_MS,
  });
  const followers = new ConcurrencyLimiter({
    total: maxFollowers,
    perCaller: Math.ceil(maxFollowers / 2),
    waitMs: 0,
  });
  const serve = (
    handle: (call: GitCall) => Promise<Problem | undefined>,
  ): RequestHandler =>
    function serveGit(req: Request, res: Response, next: NextFunction) {
      admit(req, res, deps)
        .then(async admitted => {
          if (!admitted.ok) return admitted.problem;
          const { identity } = admitted.value;
          const release = await transfers.acquire(
            identity.userEntityRef,
            leaveSignal(res),
          );
          if (!release) return tooBusy(maxConcurrent);
          endWhenIdle(req, deps.limits.idleSeconds);
          return handle({ ...admitted.value, onTransferred: release }).finally(
            release,
          );
        })
        .then(async problem => {
          if (!problem || res.headersSent) return;
          sendTextProblem(res, await explain(problem, deps));
        })
        .catch(async error => {
          if (res.headersSent || res.destroyed) {
            res.destroy();
            return;
          }
          const unavailable = await deps.controlPlane.probeStore();
          if (unavailable) sendTextProblem(res, unavailable);
          else next(error);
        });
    };

  router.get(
    '/:repository/info/refs',
    serve(call => advertise(call, deps)),
  );
  router.post(
    '/:repository/git-upload-pack',
    serve(call => fetchRevisions(call, deps)),
  );
  router.post(
    '/:repository/git-receive-pack',
    serve(call => takePush(call, followers, deps)),
  );
  router.use((_req, res) => sendTextProblem(res, addressUnknown()));
  return router;
}

/** Without the database no token can be checked: that is not a wrong token. */
async function explain(problem: Problem, deps: GitHostDeps): Promise<Problem> {
  if (problem.code !== 'git-token-wrong') return problem;
  return (await deps.controlPlane.probeStore()) ?? problem;
}

/** Checks authentication, then the name, then authorization. In this order strangers learn nothing about names. */
async function admit(
  req: Request,
  res: Response,
  deps: GitHostDeps,
): Promise<Result<Omit<GitCall, 'onTransferred'>>> {
  const identity = await deps.authenticate(req.headers.authorization);
  if (!identity.ok) return identity;
  const missing = await deps.pushes.repositories.checkGit();
  if (missing) return failed(missing);
  const app = checkAppName(req.params.repository.replace(/\.git$/, ''));
  if (!app.ok) return app;
  const allowed = await deps.authorize({
    app: app.value,
    identity: identity.value,
    isPush: isPush(req),
  });
  if (!allowed.ok) return allowed;
  return ok({ req, res, app: app.value, identity: identity.value });
}

/** Requests outside of repositories need no distinction: they are refused later. */
function isPush(req: Request): boolean {
  return req.method === 'GET'
    ? req.query.service !== 'git-upload-pack'
    : req.path.endsWith('/git-receive-pack');
}

async function advertise(
  { req, res, app, identity }: GitCall,
  deps: GitHostDeps,
): Promise<Problem | undefined> {
  const { repositories } = deps.pushes;
  const { service } = req.query;
  if (service !== 'git-receive-pack' && service !== 'git-upload-pack')
    return addressUnknown();
  const full =
    service === 'git-receive-pack'
      ? await repositories.checkSpace()
      : undefined;
  if (full) return full;
  const isThere = await repositories.exists(app);
  if (!isThere && service === 'git-upload-pack') return nothingToFetch(app);
  const git = startHttpBackend(repositories, {
    app: isThere ? app : undefined,
    method: 'GET',
    path: '/info/refs',
    query: `service=${service}`,
    protocol: req.get('git-protocol'),
    user: identity.userEntityRef,
    config: {},
  });
  git.stdin.end();
  await finish(git, res);
  return undefined;
}

async function fetchRevisions(
  { req, res, app, identity }: GitCall,
  deps: GitHostDeps,
): Promise<Problem | undefined> {
  const { repositories } = deps.pushes;
  if (!(await repositories.exists(app))) return nothingToFetch(app);
  const git = startHttpBackend(repositories, {
    app,
    method: 'POST',
    path: '/git-upload-pack',
    contentType: req.headers['content-type'],
    contentEncoding: req.headers['content-encoding'],
    protocol: req.get('git-protocol'),
    user: identity.userEntityRef,
    config: {},
  });
  git.stdin.on('error', () => {}); // git may respond before it has read everything
  res.on('close', () => git.kill('SIGKILL'));
  req.pipe(git.stdin);
  const isHeld = holdsRight(req, deps, async now => {
    const allowed = await deps.authorize({ app, identity: now, isPush: false });
    return allowed.ok;
  });
  const stopWatching = watchRight(isHeld, () => res.destroy());
  await finish(git, res).finally(stopWatching);
  return undefined;
}

async function takePush(
  call: GitCall,
  followers: ConcurrencyLimiter,
  deps: GitHostDeps,
): Promise<Problem | undefined> {
  const { req, app, identity } = call;
  if (req.headers['content-encoding']) return encodingNotTaken();
  const full = await deps.pushes.repositories.checkSpace();
  if (full) return full;
  const event = await deps.auditor.createEvent({
    eventId: 'app-push',
    severityLevel: 'medium',
    request: req,
    meta: { app, actor: identity.userEntityRef },
  });
  try {
    const { authorize, mayFollow } = deps;
    const outcome = await receivePush(
      {
        ...call,
        followers,
        mayPush: holdsRight(req, deps, async now => {
          const allowed = await authorize({ app, identity: now, isPush: true });
          return allowed.ok;
        }),
        mayFollow: holdsRight(req, deps, now =>
          mayFollow({ app, identity: now }),
        ),
      },
      deps,
    );
    if (outcome.kind === 'refused') {
      await event.fail({
        error: new Error(outcome.problem.code),
        meta: { code: outcome.problem.code },
      });
    } else {
      await event.success({ meta: { outcome: outcome.kind } });
    }
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
  return undefined;
}

async function finish(
  git: ReturnType<typeof startHttpBackend>,
  res: Response,
): Promise<void> {
  const closed = once(git, 'close');
  git.stderr.resume();
  try {
    await sendCgiAnswer(git.stdout, res);
    await closed;
  } finally {
    git.kill('SIGKILL');
  }
}

function tooBusy(places: number): Problem {
  return {
    code: 'git-host-busy',
    what: 'Cannot serve this now',
    why: `${places} pushes and fetches are under way, or half of them are yours`,
    next: 'Try again in some seconds',
    transient: true,
  };
}

function addressUnknown(): Problem {
  return {
    code: 'git-address-unknown',
    what: 'Cannot serve this address',
    why: 'it is none of a repository',
    next: 'Use …/api/callboard/git/<app>.git',
    transient: false,
  };
}

function encodingNotTaken(): Problem {
  return {
    code: 'git-encoding-not-taken',
    what: 'Cannot take this push',
    why: 'its body is compressed as a whole',
    next: 'Push with git itself',
    transient: false,
  };
}

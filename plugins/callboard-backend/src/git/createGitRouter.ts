import {
  type Problem,
  type Result,
  checkAppName,
  ok,
} from '@callboard/plugin-callboard-common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import { once } from 'node:events';
import type { GitIdentity } from './authenticateGit';
import type { GitHostDeps } from './GitHostDeps';
import { Gate } from './Gate';
import { startHttpBackend } from './httpBackend';
import { receivePush } from './receivePush';
import { sendCgiAnswer } from './sendCgiAnswer';
import { sendTextProblem } from './sendTextProblem';

interface GitCall {
  req: Request;
  res: Response;
  app: string;
  identity: GitIdentity;
}

/**
 * Git over HTTP for the repositories of all apps, served by git's own
 * `git http-backend`. Mounted outside of Backstage's sign-in: git knows only
 * Basic authentication. Everything that can be refused without the pack is
 * refused at the first request, whose text git shows.
 */
export function createGitRouter(deps: GitHostDeps): Router {
  const router = Router();
  const gate = new Gate(deps.limits.maxConcurrent);
  const serve = (
    handle: (call: GitCall) => Promise<Problem | undefined>,
  ): RequestHandler =>
    function serveGit(req: Request, res: Response, next: NextFunction) {
      admit(req, res, deps)
        .then(async admitted => {
          if (!admitted.ok) return admitted.problem;
          return gate.pass(() => handle(admitted.value));
        })
        .then(
          problem =>
            problem && !res.headersSent && sendTextProblem(res, problem),
        )
        .catch(error => {
          if (!res.headersSent && !res.destroyed) next(error);
          else res.destroy();
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
    serve(call => takePush(call, deps)),
  );
  router.use((_req, res) => sendTextProblem(res, addressUnknown()));
  return router;
}

/** Who is it, what is it called, and is it theirs? In this order: strangers learn nothing about names. */
async function admit(
  req: Request,
  res: Response,
  deps: GitHostDeps,
): Promise<Result<GitCall>> {
  const identity = await deps.authenticate(req.headers.authorization);
  if (!identity.ok) return identity;
  const app = checkAppName(req.params.repository.replace(/\.git$/, ''));
  if (!app.ok) return app;
  const allowed = await deps.authorize(app.value, identity.value);
  if (!allowed.ok) return allowed;
  return ok({ req, res, app: app.value, identity: identity.value });
}

async function advertise(
  { req, res, app, identity }: GitCall,
  deps: GitHostDeps,
): Promise<Problem | undefined> {
  const { repositories } = deps.pushes;
  const { service } = req.query;
  if (service !== 'git-receive-pack' && service !== 'git-upload-pack')
    return addressUnknown();
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
  git.stdin.on('error', () => {}); // git may answer before it has read everything
  res.on('close', () => git.kill('SIGKILL'));
  req.pipe(git.stdin);
  await finish(git, res);
  return undefined;
}

async function takePush(
  call: GitCall,
  deps: GitHostDeps,
): Promise<Problem | undefined> {
  const { req, app, identity } = call;
  if (req.headers['content-encoding']) return encodingNotTaken();
  const event = await deps.auditor.createEvent({
    eventId: 'app-push',
    severityLevel: 'medium',
    request: req,
    meta: { app, actor: identity.userEntityRef },
  });
  try {
    const outcome = await receivePush(call, deps);
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

function nothingToFetch(app: string): Problem {
  return {
    code: 'repository-not-found',
    what: `Cannot fetch "${app}"`,
    why: 'nobody has pushed it yet',
    next: `Push it: git push <url> main`,
    transient: false,
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

import {
  describeBytes,
  describeDuration,
  type Problem,
} from '@callboard/plugin-callboard-common';
import type { Request, Response } from 'express';
import { once } from 'node:events';
import type { GitIdentity } from './authenticateGit';
import type { ConcurrencyLimiter } from '../doors/ConcurrencyLimiter';
import { feedPush } from './feedPush';
import type { GitHostDeps } from './GitHostDeps';
import { HOOK_PAGE } from './hookScript';
import { startHttpBackend } from './httpBackend';
import { readPushCommands, refusePush } from './packets';
import { problemLines } from './problemLines';
import { PushConversation, type PushOutcome } from './PushConversation';
import { sendCgiAnswer } from './sendCgiAnswer';
import { sendTextProblem } from './sendTextProblem';
import { leaveSignal } from '../doors/leaveSignal';
import { watchRight } from '../doors/watchRight';

/** Serves `POST /<app>.git/git-receive-pack`: one push, from its first byte to the last line its author sees. */
export async function receivePush(
  {
    req,
    res,
    app,
    identity,
    followers,
    onTransferred,
    mayPush,
    mayFollow,
  }: {
    req: Request;
    res: Response;
    app: string;
    identity: GitIdentity;
    followers: ConcurrencyLimiter;
    onTransferred(): void;
    /** Whether the caller has these rights now. */
    mayPush(): Promise<boolean>;
    mayFollow(): Promise<boolean>;
  },
  deps: GitHostDeps,
): Promise<PushOutcome> {
  const { hooks, limits, pushes } = deps;
  const left = leaveSignal(res);
  const pusher = {
    actor: identity.userEntityRef,
    owner: await deps.ownerOfNew({ app, identity }),
    ownershipRefs: identity.ownershipRefs,
  };
  let stopWatching = () => {};
  const conversation = new PushConversation(
    {
      app,
      pusher,
      signal: left,
      mayFollow,
      startFollowing: () => {
        onTransferred();
        stopWatching(); // from here on the right to see the app is checked instead
        return followers.acquire(identity.userEntityRef, left);
      },
    },
    deps,
  );
  const releaseRepository = await pushes.repositories.acquire(app);
  const git = startHttpBackend(pushes.repositories, {
    app,
    method: 'POST',
    path: '/git-receive-pack',
    contentType: req.headers['content-type'],
    protocol: req.get('git-protocol'),
    user: identity.userEntityRef,
    env: { [HOOK_PAGE]: deps.pageOf(app) },
    hasSideChannel: true,
    config: {
      'core.hooksPath': hooks.folder,
      'receive.maxInputSize': String(limits.maxPushBytes),
    },
  });
  hooks.serve(git.sideChannel!, (call, print) =>
    conversation.answer(call, print),
  );
  const closed = once(git, 'close');
  let refused: Problem | undefined;
  const giveUp = (problem: Problem) => {
    if (conversation.outcome.kind !== 'not-judged') return;
    refused = problem;
    git.kill('SIGKILL');
    git.stdin.destroy();
  };
  const timer = setTimeout(
    () => giveUp(pushTooSlow(app, limits.receiveSeconds)),
    limits.receiveSeconds * 1000,
  );
  stopWatching = watchRight(mayPush, () => giveUp(rightWithdrawn(app)));

  feedPush(req, git.stdin, {
    maxBytes: limits.maxPushBytes,
    onTooLarge: start => {
      refused = pushTooLarge(app, limits.maxPushBytes);
      git.kill('SIGKILL');
      refuseArriving(start, refused, res);
    },
  });
  git.stderr.on('data', (text: Buffer) =>
    deps.logger.debug(`git: ${text.toString('utf8').trim()}`),
  );
  try {
    await sendCgiAnswer(git.stdout, res).catch(error => {
      if (!refused) throw error;
    });
    await closed;
  } finally {
    clearTimeout(timer);
    stopWatching();
    git.kill('SIGKILL');
    conversation.close();
    await releaseRepository();
  }
  if (refused && !res.headersSent) sendTextProblem(res, refused);
  return refused ? { kind: 'refused', problem: refused } : conversation.outcome;
}

/** Refuses a push that is still arriving, in git's protocol where the client supports it. */
function refuseArriving(start: Buffer, problem: Problem, res: Response): void {
  const commands = readPushCommands(start);
  const answer =
    commands &&
    refusePush(commands, {
      lines: problemLines(problem),
      summary: problem.code,
    });
  if (!answer || res.headersSent) {
    if (!res.headersSent) sendTextProblem(res, problem);
    else res.end(answer);
    return;
  }
  res.status(200);
  res.setHeader('Content-Type', 'application/x-git-receive-pack-result');
  res.setHeader('Cache-Control', 'no-cache, no-transform');
  res.end(answer);
}

function pushTooLarge(app: string, maxBytes: number): Problem {
  return {
    code: 'push-too-large',
    what: `Cannot take this push to "${app}"`,
    why: `it is larger than ${describeBytes(maxBytes)}`,
    next: 'Take large files out of the commits (git rm --cached, .gitignore), or ask the platform team to raise callboard.git.maxPushBytes',
    transient: false,
  };
}

function rightWithdrawn(app: string): Problem {
  return {
    code: 'not-owner',
    what: `Cannot take this push to "${app}"`,
    why: 'you may not push there any longer',
    next: 'Ask the owner of the app',
    transient: false,
  };
}

function pushTooSlow(app: string, seconds: number): Problem {
  return {
    code: 'push-too-slow',
    what: `Cannot take this push to "${app}"`,
    why: `it had not arrived after ${describeDuration(seconds * 1_000)}`,
    next: 'Push again, over a faster line or in smaller parts',
    transient: true,
  };
}

import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  AcceptedPush,
  PushedImages,
} from '@callboard/plugin-callboard-node';
import { CALLBOARD } from '../writeCommit';
import { judgePush } from './judgePush';
import type { Pusher } from './PushIntents';
import type { PushDeps } from './pushDeps';
import { settlePush } from './settlePush';
import { settleIntents } from './settleIntents';

export interface FilesToPush {
  app: string;
  /** Text of every file, by path. */
  files: Record<string, string>;
  message: string;
  author: { name: string; email: string };
  pusher: Pusher;
  at: Date;
}

type PushedCommit = AcceptedPush & { commit: string };
type TakenRelease = Pick<PushedCommit, 'commit' | 'warnings'>;

const NO_COMMIT = '0'.repeat(40);

/**
 * Creates an app from files, as if they were its first push: same commit,
 * checks and record. Refuses an app that already has code; leaves nothing
 * behind when refused.
 */
export async function pushFiles(
  push: FilesToPush,
  deps: PushDeps,
): Promise<Result<PushedCommit>> {
  return inTurn(push.app, deps, async () =>
    (await deps.repositories.readHead(push.app))
      ? failed(appExists(push.app))
      : pushCommit(push, deps),
  );
}

/**
 * Pushes the files of a release whose images were built elsewhere: they replace
 * the previous files, in a commit of their own. A repeated request gets the
 * first response, even if the first was interrupted.
 */
export async function pushRelease(
  push: FilesToPush & { elsewhere: PushedImages },
  deps: PushDeps,
): Promise<Result<TakenRelease>> {
  const { app, elsewhere } = push;
  return inTurn<TakenRelease>(app, deps, async () => {
    await settleIntents(app, deps);
    const { request } = elsewhere;
    const known = request && (await deps.record.findRequest(app, request.key));
    if (known)
      return known.digest === request.digest
        ? ok({ commit: known.commit, warnings: [] })
        : failed(keyReused(app));
    const parent = await deps.repositories.readHead(app);
    return pushCommit({ ...push, ...(parent && { parent }) }, deps);
  });
}

/** Runs one task at a time per app, with its repository. */
export async function inTurn<T>(
  app: string,
  { repositories, locks }: PushDeps,
  action: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const unable =
    (await repositories.checkGit()) ?? (await repositories.checkSpace());
  if (unable) return failed(unable);
  const unlock = await locks.acquire(app);
  const releaseRepository = await repositories.acquire(app);
  try {
    return await action();
  } finally {
    await repositories.dropStaged(app);
    await releaseRepository();
    unlock();
  }
}

async function pushCommit(
  push: FilesToPush & { parent?: string; elsewhere?: PushedImages },
  deps: PushDeps,
): Promise<Result<PushedCommit>> {
  const { app, pusher, parent, elsewhere } = push;
  const { repositories } = deps;
  const staged = await repositories.stageCommit(app, {
    ...push,
    ...(elsewhere && { committer: CALLBOARD }),
  });
  if (!staged.ok) return staged;
  const commit = staged.value;
  const update = {
    ref: 'refs/heads/main',
    before: parent ?? NO_COMMIT,
    after: commit,
  };
  const judged = await judgePush(
    { app, pusher, updates: [update], ...(elsewhere && { elsewhere }) },
    deps,
  );
  if (!judged.ok) return judged;
  if (!judged.value.main) throw new Error('A push of main was judged as none');
  const moved = await repositories.moveMain(app, commit, parent);
  if (!moved.ok) return moved;
  const settled = await settlePush(judged.value.main, deps);
  return settled.ok ? ok({ ...settled.value, commit }) : settled;
}

function appExists(app: string): Problem {
  return {
    code: 'app-exists',
    what: `Cannot create "${app}"`,
    why: 'there is an app of this name already',
    next: 'Choose another name, or push to that app',
    transient: false,
  };
}

function keyReused(app: string): Problem {
  return {
    code: 'idempotency-key-reused',
    what: `Cannot release "${app}"`,
    why: 'its Idempotency-Key was sent before, with another body',
    next: 'Send the same body again, or choose another key, such as the id of the run',
    transient: false,
  };
}

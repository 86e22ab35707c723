import {
  type Problem,
  type Result,
  failed,
} from '@callboard/plugin-callboard-common';
import type { AcceptedPush } from '@callboard/plugin-callboard-node';
import { judgePush } from './judgePush';
import type { Pusher } from './PushIntents';
import type { PushDeps } from './pushDeps';
import { settlePush } from './settlePush';

export interface FilesToPush {
  app: string;
  /** Text of every file, by path. */
  files: Record<string, string>;
  message: string;
  author: { name: string; email: string };
  pusher: Pusher;
  at: Date;
}

const NO_COMMIT = '0'.repeat(40);

/**
 * Creates an app from files, as if its first push had brought them: the same
 * commit, checks and record. Refuses an app that has code already; leaves
 * nothing behind when refused.
 */
export async function pushFiles(
  push: FilesToPush,
  deps: PushDeps,
): Promise<Result<AcceptedPush & { commit: string }>> {
  const { app, pusher } = push;
  const { repositories, locks } = deps;
  const unable =
    (await repositories.checkGit()) ?? (await repositories.checkSpace());
  if (unable) return failed(unable);
  const unlock = await locks.acquire(app);
  const releaseRepository = await repositories.acquire(app);
  try {
    if (await repositories.readHead(app)) return failed(appExists(app));
    const staged = await repositories.stageCommit(app, push);
    if (!staged.ok) return staged;
    const update = {
      ref: 'refs/heads/main',
      before: NO_COMMIT,
      after: staged.value,
    };
    const judged = await judgePush({ app, pusher, updates: [update] }, deps);
    if (!judged.ok) return judged;
    if (!judged.value.main)
      throw new Error('A push of main was judged as none');
    const moved = await repositories.moveMain(app, staged.value, undefined);
    if (!moved.ok) return moved;
    const settled = await settlePush(judged.value.main, deps);
    return settled.ok
      ? { ok: true, value: { ...settled.value, commit: staged.value } }
      : settled;
  } finally {
    await repositories.dropStaged(app);
    await releaseRepository();
    unlock();
  }
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

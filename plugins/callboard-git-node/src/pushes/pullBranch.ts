import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  AcceptedPush,
  PushedFiles,
} from '@callboard/plugin-callboard-node';
import { readPushedFiles } from '../readPushedFiles';
import type { RemoteBranch, RemoteLimits } from '../source';
import { checkHistory } from '../source/checkHistory';
import { type FetchedBranch, fetchBranch } from '../source/fetchBranch';
import { stageFolder } from '../source/stageFolder';
import { judgePush } from './judgePush';
import type { Pusher } from './PushIntents';
import type { PushDeps } from './pushDeps';
import { inTurn } from './pushFiles';
import { settleIntents } from './settleIntents';
import { settlePush } from './settlePush';

export interface BranchToPull {
  app: string;
  remote: RemoteBranch;
  /** Folder of the repository that contains the app; the whole repository when omitted. */
  path?: string;
  /** Returns who pushes, once the files are read: the repository may have to consent. */
  pusherOf(files: Pick<PushedFiles, 'texts' | 'revision'>): Result<Pusher>;
  limits?: RemoteLimits;
  /** Refuses a repository that lacks commits that were pushed to the app here. */
  demandsHistory?: boolean;
}

export interface PulledBranch {
  /** Commit of the remote branch. */
  commit: string;
  /** Head of the app's own branch for it: the same commit, unless the app is a folder of it. */
  head: string;
  /** Absent when the app's branch was already there. */
  accepted?: AcceptedPush;
}

const NO_COMMIT = '0'.repeat(40);

/**
 * Brings the newest commit of a remote branch to an app, as if somebody had
 * pushed it: same judgement, intent and record. Changes nothing when the app
 * already has it; when refused, leaves neither a new app nor objects behind.
 * Safe to repeat.
 */
export async function pullBranch(
  asked: BranchToPull,
  deps: PushDeps,
): Promise<Result<PulledBranch>> {
  const { app, remote, limits } = asked;
  const { repositories } = deps;
  return inTurn<PulledBranch>(app, deps, async () => {
    await settleIntents(app, deps);
    const fetched = await fetchBranch(app, remote, repositories, limits);
    if (!fetched.ok) return fetched;
    try {
      return await pushFetched(fetched.value, asked, deps);
    } finally {
      await fetched.value.forget();
    }
  });
}

async function pushFetched(
  fetched: FetchedBranch,
  { app, remote, path, pusherOf, limits, demandsHistory }: BranchToPull,
  deps: PushDeps,
): Promise<Result<PulledBranch>> {
  const { commit, quarantine } = fetched;
  const { repositories } = deps;
  const parent = await repositories.readHead(app);
  const staged =
    path === undefined
      ? ok(commit)
      : await stageFolder(
          fetched,
          { path, ...(parent && { parent }) },
          repositories,
        );
  if (!staged.ok) return staged;
  const head = staged.value;
  const files = await readPushedFiles(
    repositories.reader(app, quarantine),
    head,
  );
  if (!files.ok) return files;
  const pusher = pusherOf(files.value);
  if (!pusher.ok) return pusher;
  if (head === parent) return ok({ commit, head });
  if (demandsHistory) {
    const known = await checkHistory(app, remote, repositories, limits);
    if (!known.ok) return known;
  }
  const update = {
    ref: 'refs/heads/main',
    before: parent ?? NO_COMMIT,
    after: head,
  };
  const judged = await judgePush(
    { app, pusher: pusher.value, updates: [update], quarantine },
    deps,
  );
  if (!judged.ok) return judged;
  if (!judged.value.main) return failed(nothingToRelease(app));
  await fetched.keep();
  const moved = await repositories.moveMain(app, head, parent);
  if (!moved.ok) return moved;
  const settled = await settlePush(judged.value.main, deps);
  return settled.ok ? ok({ commit, head, accepted: settled.value }) : settled;
}

function nothingToRelease(app: string): Problem {
  return {
    code: 'push-without-main',
    what: `Cannot release "${app}"`,
    why: 'the branch brought nothing',
    next: 'Push a commit to it',
    transient: true,
  };
}

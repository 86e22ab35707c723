import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  JudgedPush,
  PushedImages,
} from '@callboard/plugin-callboard-node';
import type { Quarantine } from '../Quarantine';
import { readPushedFiles } from '../readPushedFiles';
import type { Pusher } from './PushIntents';
import type { PushDeps } from './pushDeps';

/** The requested change of one branch or tag. An id of zeros means that there is none. */
export interface RefUpdate {
  ref: string;
  before: string;
  after: string;
}

export interface JudgedUpdates {
  /** Branches and tags that are stored and not released. */
  stored: string[];
  /** Absent when the push does not move main. */
  main?: JudgedPush;
}

const MAIN = 'refs/heads/main';
const MAX_REFS = 100;

/**
 * Judges a push once, before any branch moves, and stores the verdict if the
 * push is accepted. Changes nothing else.
 *
 * - main is released: the control plane judges its files.
 * - main may be forced to another history, as on Heroku; releases of the old
 *   one stay.
 * - main cannot be deleted: an app without code cannot run.
 * - other branches and tags are stored, once there is a main.
 */
export async function judgePush(
  push: {
    app: string;
    updates: RefUpdate[];
    pusher: Pusher;
    quarantine?: Quarantine;
    /** Set when its images were already built elsewhere. */
    elsewhere?: PushedImages;
  },
  deps: PushDeps,
): Promise<Result<JudgedUpdates>> {
  const { app, updates, pusher, quarantine, elsewhere } = push;
  if (updates.length > MAX_REFS) return failed(tooManyRefs(updates.length));
  const strange = updates.find(({ ref }) => !/^refs\/(heads|tags)\//.test(ref));
  if (strange) return failed(refNotTaken(strange.ref));

  const stored = updates
    .filter(({ ref }) => ref !== MAIN)
    .map(({ ref }) => ref.replace(/^refs\/(heads|tags)\//, ''));
  const main = updates.find(({ ref }) => ref === MAIN);
  if (!main) {
    const head = await deps.repositories.readHead(app);
    return head ? ok({ stored }) : failed(mainMissing(app, stored[0]));
  }
  if (isNone(main.after)) return failed(mainNotDeleted(app));

  const files = await readPushedFiles(
    deps.repositories.reader(app, quarantine),
    main.after,
  );
  if (!files.ok) return files;
  const judged = await deps.record.checkPush({
    app,
    ...pusher,
    ...files.value,
    ...(elsewhere && { elsewhere }),
  });
  if (!judged.ok) return judged;
  await deps.intents.write(judged.value);
  return ok({ stored, main: judged.value });
}

function isNone(commit: string): boolean {
  return /^0+$/.test(commit);
}

function tooManyRefs(count: number): Problem {
  return {
    code: 'push-too-many-refs',
    what: 'Cannot take this push',
    why: `it moves ${count} branches and tags, at most ${MAX_REFS} are taken at once`,
    next: 'Push main alone: git push <url> main',
    transient: false,
  };
}

function refNotTaken(ref: string): Problem {
  return {
    code: 'push-ref-not-taken',
    what: `Cannot store ${JSON.stringify(ref.slice(0, 100))}`,
    why: 'only branches and tags are stored',
    next: 'Push main alone: git push <url> main',
    transient: false,
  };
}

function mainMissing(app: string, branch: string): Problem {
  return {
    code: 'push-without-main',
    what: `Cannot create "${app}"`,
    why: 'only the branch "main" is released, and this push does not bring it',
    next: `Push your branch as main: git push <url> ${branch}:main`,
    transient: false,
  };
}

function mainNotDeleted(app: string): Problem {
  return {
    code: 'push-deletes-main',
    what: `Cannot delete the branch "main" of "${app}"`,
    why: 'it is what the app runs from',
    next: 'Push other code to main to replace it',
    transient: false,
  };
}

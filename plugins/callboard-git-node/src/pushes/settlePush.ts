import { type Result, ok } from '@callboard/plugin-callboard-common';
import type {
  AcceptedPush,
  JudgedPush,
} from '@callboard/plugin-callboard-node';
import { readPushedFiles } from '../readPushedFiles';
import type { PushIntent } from './PushIntents';
import type { PushDeps } from './pushDeps';

/**
 * Records a push whose branch has moved, as it was judged: keeps its revision
 * for good, hands it to the record, and only then forgets the intent. Safe to repeat.
 *
 * Pushes before it that nobody could record yet are recorded first: one that
 * comes after its successor would bring back what that one replaced. Where they
 * cannot be recorded for a moment, this one waits too.
 */
export async function settlePush(
  push: JudgedPush,
  deps: PushDeps,
): Promise<Result<AcceptedPush>> {
  const { app, revision } = push;
  for (const earlier of await findUnsettledBefore(
    { app, commit: revision.commit },
    deps,
  )) {
    const judged = await judgedOf(earlier, deps);
    const settled = judged.ok ? await settleOne(judged.value, deps) : judged;
    if (!settled.ok && settled.problem.transient) return settled;
  }
  return settleOne(push, deps);
}

/** The same for a push that somebody else left unrecorded. */
export async function settleIntent(
  intent: PushIntent,
  deps: PushDeps,
): Promise<Result<AcceptedPush>> {
  const judged = await judgedOf(intent, deps);
  return judged.ok ? settlePush(judged.value, deps) : judged;
}

/** In the order of history. */
async function findUnsettledBefore(
  { app, commit }: Pick<PushIntent, 'app' | 'commit'>,
  { intents, repositories }: PushDeps,
): Promise<PushIntent[]> {
  const ordered: PushIntent[] = [];
  for (const other of await intents.list(app)) {
    if (other.commit === commit) continue;
    if (!(await repositories.isAncestor(app, other.commit, commit))) continue;
    let place = ordered.length;
    while (
      place > 0 &&
      (await repositories.isAncestor(
        app,
        other.commit,
        ordered[place - 1].commit,
      ))
    )
      place -= 1;
    ordered.splice(place, 0, other);
  }
  return ordered;
}

async function settleOne(
  push: JudgedPush,
  deps: PushDeps,
): Promise<Result<AcceptedPush>> {
  const { app, revision } = push;
  const { commit } = revision;
  await deps.repositories.keep(app, commit);
  const head = await deps.repositories.readHead(app);
  const recorded = await deps.record.recordPush(push, {
    isHead: head === commit,
  });
  // A deleted app takes what was pushed to it along.
  if (recorded.ok || recorded.problem.code === 'app-deleted')
    await deps.intents.drop({ app, commit });
  return recorded;
}

async function judgedOf(
  intent: PushIntent,
  { repositories, record }: PushDeps,
): Promise<Result<JudgedPush>> {
  if (intent.kind === 'judged') return ok(intent.push);
  const { app, commit, pusher } = intent;
  const files = await readPushedFiles(repositories.reader(app), commit);
  return files.ok
    ? record.checkPush({ app, ...pusher, ...files.value })
    : files;
}

import { type Result, ok } from '@callboard/plugin-callboard-common';
import type {
  AcceptedPush,
  JudgedPush,
} from '@callboard/plugin-callboard-node';
import { readPushedFiles } from '../readPushedFiles';
import type { PushIntent } from './PushIntents';
import type { PushDeps } from './pushDeps';

/**
 * Records a push whose branch has moved, with its verdict: keeps its revision
 * permanently, records it, and only then removes the intent. Safe to repeat.
 *
 * Earlier pushes that are not recorded yet are recorded first: recorded after
 * its successor, a push would bring back what that one replaced. If they cannot
 * be recorded because of a transient problem, this one waits too.
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

/** Settles a push that another process or attempt left unrecorded. */
export async function settleIntent(
  intent: PushIntent,
  deps: PushDeps,
): Promise<Result<AcceptedPush>> {
  const judged = await judgedOf(intent, deps);
  return judged.ok ? settlePush(judged.value, deps) : judged;
}

/** Unsettled pushes before this one, ordered by ancestry. */
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
  // The pushes of a deleted app are deleted with it.
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

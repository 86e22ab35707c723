import type { Result } from '@callboard/plugin-callboard-common';
import type { AcceptedPush, JudgedPush } from '../../PushRecord';
import type { PushDeps } from './pushDeps';

/**
 * Records a push whose branch has moved, as it was judged: keeps its revision
 * for good, hands it to the record, and only then forgets the intent. Safe to repeat.
 */
export async function settlePush(
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
  if (recorded.ok) await deps.intents.drop({ app, commit });
  return recorded;
}

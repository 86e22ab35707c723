import { type Result, failed } from '@callboard/plugin-callboard-common';
import type { AcceptedPush } from '../../usecases';
import { readPushedFiles } from '../readPushedFiles';
import type { PushIntent } from './PushIntents';
import type { PushDeps } from './pushDeps';

/**
 * Records a push whose branch has moved: keeps its revision for good, hands it
 * to the control plane, and only then forgets the intent. Safe to repeat.
 */
export async function settlePush(
  intent: PushIntent,
  deps: PushDeps,
): Promise<Result<AcceptedPush>> {
  const { app, commit, pusher } = intent;
  const files = await readPushedFiles(deps.repositories.reader(app), commit);
  if (!files.ok) return failed(files.problem);
  await deps.repositories.keep(app, commit);
  const head = await deps.repositories.readHead(app);
  const recorded = await deps.controlPlane.recordPush({
    app,
    isHead: head === commit,
    ...pusher,
    ...files.value,
  });
  if (recorded.ok) await deps.intents.drop(intent);
  return recorded;
}

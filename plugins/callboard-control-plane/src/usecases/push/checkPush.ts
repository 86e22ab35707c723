import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import type { AcceptedPush, PushedFiles } from '../ControlPlane';
import { findRoomFaults } from './findRoomFaults';
import { judgePush } from './judgePush';

/**
 * Judges a push before its branch moves: what `recordPush` will judge again,
 * and whether it can ever run where it is released to. Changes nothing.
 */
export async function checkPush(
  push: PushedFiles,
  context: Pick<ReconcileContext, 'deps'>,
): Promise<Result<AcceptedPush>> {
  const judged = await judgePush(push, context.deps);
  if (!judged.ok) return judged;
  const { accepted, spec } = judged.value;
  const { refusal, warnings } = await findRoomFaults(
    { app: push.app, spec },
    context,
  );
  if (refusal) return failed(refusal);
  return ok({ ...accepted, warnings: [...accepted.warnings, ...warnings] });
}

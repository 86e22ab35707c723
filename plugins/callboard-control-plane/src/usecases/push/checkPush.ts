import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import type { JudgedPush, PushedFiles } from '@callboard/plugin-callboard-node';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import { findCapacityFaults } from './findCapacityFaults';
import { judgePush } from './judgePush';

/**
 * Judges a push before its branch moves, and whether it can ever run where it is
 * released to. What it returns is what is recorded. Changes nothing.
 */
export async function checkPush(
  push: PushedFiles,
  context: Pick<ReconcileContext, 'deps'>,
): Promise<Result<JudgedPush>> {
  const judged = await judgePush(push, context.deps);
  if (!judged.ok) return judged;
  const { accepted, spec } = judged.value;
  const { refusal, warnings } = await findCapacityFaults(
    { app: push.app, spec },
    context,
  );
  if (refusal) return failed(refusal);
  return ok({
    ...judged.value,
    accepted: { ...accepted, warnings: [...accepted.warnings, ...warnings] },
  });
}

import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { JudgedPush, PushedFiles } from '@callboard/plugin-callboard-node';
import type {
  Recorder,
  ReleaseJudge,
  ReleaseRenderer,
} from '../../reconcile/roles';
import { judgePushed } from '../policies/judgePushed';
import { findCapacityFaults } from './findCapacityFaults';
import { findFaults } from './findFaults';
import { judgePush } from './judgePush';

/**
 * Judges a push before its branch moves: whether it can ever run in the
 * environments that it is released to, and the policies of the platform. Its
 * result is what is recorded. Changes nothing but the journal, which shows what
 * a policy denied.
 */
export async function checkPush(
  push: PushedFiles,
  context: Recorder & ReleaseJudge,
): Promise<Result<JudgedPush>> {
  const judged = await judgePush(push, context.deps);
  if (!judged.ok) return failed(withFaults(judged.problem, push, context));
  const { accepted, spec } = judged.value;
  const { refusal, warnings } = await findCapacityFaults(
    { app: push.app, spec },
    context,
  );
  if (refusal) return failed(refusal);
  const policies = await judgePushed(judged.value, context);
  if (policies.refusal) return failed(policies.refusal);
  return ok({
    ...judged.value,
    accepted: {
      ...accepted,
      warnings: [...accepted.warnings, ...warnings, ...policies.warnings],
    },
  });
}

/** A program that releases gets all faults of its files at once; git shows the first. */
function withFaults(
  problem: Problem,
  push: PushedFiles,
  { deps }: ReleaseRenderer,
): Problem {
  if (!push.elsewhere) return problem;
  const faults = findFaults(push, deps);
  return faults.some(({ code }) => code === problem.code)
    ? { ...problem, faults }
    : problem;
}

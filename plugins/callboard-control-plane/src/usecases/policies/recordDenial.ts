import type { Problem } from '@callboard/plugin-callboard-common';
import {
  type PolicyVerdict,
  listDenials,
} from '@callboard/plugin-callboard-core';
import { record } from '../../reconcile/record';
import type { Recorder } from '../../reconcile/roles';
import { findApp } from '../../store';

/** Records in the journal that policies denied something. An app that was never created has no journal. */
export async function recordDenial(
  of: {
    app: string;
    environment: string;
    release?: number;
    actor: string;
    problem: Problem;
    verdicts: readonly PolicyVerdict[];
  },
  context: Recorder,
): Promise<void> {
  const { app, environment, release, actor, problem, verdicts } = of;
  const { deps } = context;
  await record(context, undefined, async (tx, { journal }) => {
    if (!(await findApp(tx, app))) return;
    journal({
      at: deps.clock.now(),
      actor,
      action: 'policy.denied',
      app,
      environment,
      ...(release !== undefined && { release }),
      message: `${problem.what}: ${problem.why}`,
      after: { policies: listDenials(verdicts).map(({ name }) => name) },
    });
  });
}

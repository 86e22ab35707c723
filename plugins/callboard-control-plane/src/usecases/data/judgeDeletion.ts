import { findEnvironment } from '../../reconcile/placing/findEnvironment';
import type { FactReader } from '../../reconcile/roles';
import { findEnvironmentRelease, findRelease, findReleases } from '../../store';
import {
  type ApprovalVerdict,
  type Bringer,
  judgeApproval,
} from '../promote/judgeApproval';

/**
 * Judges whether a person may delete what an app keeps in an environment: the
 * approvers of its releases; where there are none, people who may promote. An
 * app that has left the environment, or was deleted, is judged by its newest
 * release.
 */
export async function judgeDeletion(
  of: { app: string; environment: string },
  who: Bringer,
  context: FactReader,
): Promise<ApprovalVerdict> {
  const needed = await findApprover(of, context);
  return judgeApproval({ needed, isRollback: false }, who);
}

async function findApprover(
  { app, environment }: { app: string; environment: string },
  { deps: { knex, platform } }: FactReader,
): Promise<string | undefined> {
  const wanted = await findEnvironmentRelease(knex, { app, environment });
  const release = wanted
    ? await findRelease(knex, app, wanted.release)
    : (await findReleases(knex, app, { limit: 1 }))[0];
  const found = findEnvironment(
    platform.environments,
    { app, content: release?.content ?? {} },
    environment,
  );
  return found.ok ? found.value.promotion?.approval : undefined;
}

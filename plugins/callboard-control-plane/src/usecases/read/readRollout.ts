import {
  type Result,
  type RolloutAnswer,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { FactReader } from '../../reconcile/roles';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import { type RolloutRecord, findApp, findRollout } from '../../store';
import type { ReadOptions } from '../ControlPlane';
import { appMissing } from '../problems';
import { findNeededApproval } from '../rollout/findNeededApproval';
import { rolloutMissing } from '../rollout/problems';
import { assembleRollout } from './assembleRollout';

/** The newest rollout of an environment of an app, under way or finished, now or at an instant. */
export async function getRollout(
  of: { app: string; environment: string },
  { deps }: FactReader,
  { at }: ReadOptions = {},
): Promise<Result<RolloutAnswer>> {
  if (!(await findApp(deps.knex, of.app, at)))
    return failed(appMissing(of.app));
  const record = await findRollout(deps.knex, of, at);
  if (!record) {
    const { environments } = deps.platform;
    const environment = titleOfEnvironment(environments, of.environment);
    return failed(rolloutMissing({ app: of.app, environment }));
  }
  const rollout = assembleRollout(record, at ?? deps.clock.now());
  return ok(at ? rollout : await withApproval(rollout, { of, record, deps }));
}

/** Adds to a rollback the approval that it needs: of the group that never approved the release there. */
async function withApproval(
  rollout: RolloutAnswer,
  {
    of,
    record: { before },
    deps: { knex, platform },
  }: {
    of: { app: string; environment: string };
    record: RolloutRecord;
    deps: FactReader['deps'];
  },
): Promise<RolloutAnswer> {
  const isOffered = rollout.actions.some(({ action }) => action === 'rollback');
  if (!isOffered || before === undefined) return rollout;
  const needs = await findNeededApproval(
    knex,
    { ...of, release: before },
    platform,
  );
  if (!needs.ok) return rollout; // a request for it is answered with the reason
  const { needed, had } = needs.value;
  if (needed === undefined || needed === had?.group) return rollout;
  return {
    ...rollout,
    actions: rollout.actions.map(each =>
      each.action === 'rollback' ? { ...each, approval: needed } : each,
    ),
  };
}

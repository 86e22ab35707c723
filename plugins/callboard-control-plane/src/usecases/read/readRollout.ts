import {
  type Result,
  type RolloutAnswer,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import { findApp, findRollout } from '../../store';
import type { ReadOptions } from '../ControlPlane';
import { appMissing } from '../problems';
import { rolloutMissing } from '../rollout/problems';
import { assembleRollout } from './assembleRollout';

/** The newest rollout of an environment of an app, under way or finished, as it is or was. */
export async function getRollout(
  of: { app: string; environment: string },
  { deps }: ReconcileContext,
  { at }: ReadOptions = {},
): Promise<Result<RolloutAnswer>> {
  if (!(await findApp(deps.knex, of.app, at)))
    return failed(appMissing(of.app));
  const record = await findRollout(deps.knex, of, at);
  return record
    ? ok(assembleRollout(record, at ?? deps.clock.now()))
    : failed(rolloutMissing(of));
}

import {
  type Problem,
  type Result,
  type RolloutActionName,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type OfferedAction,
  commandRollout,
  listRolloutActions,
} from '@callboard/plugin-callboard-core';
import { type Consequences, record } from '../../reconcile/record';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import {
  type RolloutRecord,
  findApp,
  findEnvironmentRelease,
  findRollout,
  lockRollout,
  saveRollout,
  setEnvironmentRelease,
} from '../../store';
import type { Knex } from 'knex';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import { rolloutMissing } from './problems';

export type Steering = Parameters<ControlPlane['steerRollout']>[0];

const PAST = {
  pause: 'paused',
  resume: 'resumed',
  abort: 'aborted',
} as const;

const WHY_NOT: Record<RolloutActionName, string> = {
  pause: 'it is not going on at the moment',
  resume: 'it is neither paused nor halted',
  abort: 'it is at its end already, or on its way back',
  rollback: 'no release was there before it, or it is on its way back already',
};

/**
 * Pauses, resumes, aborts or rolls back a rollout. What it is asked for already
 * is granted and changes nothing; what makes no sense now is refused.
 */
export async function steerRollout(
  steering: Steering,
  context: ReconcileContext,
): Promise<Result<void>> {
  const { app, environment, action } = steering;
  const { knex, clock } = context.deps;
  if (!(await findApp(knex, app))) return failed(appMissing(app));
  return record(
    context,
    undefined,
    async (tx, consequences): Promise<Result<void>> => {
      await lockRollout(tx, steering);
      const now = clock.now();
      const found = await findRollout(tx, steering);
      if (!found) return failed(rolloutMissing({ app, environment }));
      if (await isGranted(tx, found, action)) return ok(undefined);
      const offers = listRolloutActions(found.rollout, found, now);
      if (!offers.some(offer => offer.action === action))
        return failed(cannotSteer(steering, offers));
      await (action === 'rollback'
        ? goBack(tx, found, { steering, consequences, now })
        : command(tx, found, {
            steering: { ...steering, action },
            consequences,
            now,
          }));
      consequences.signal({ kind: 'app', name: app });
      return ok(undefined);
    },
  );
}

/** Whether the rollout is already as it is asked to be. */
async function isGranted(
  tx: Knex.Transaction,
  { app, environment, rollout, before }: RolloutRecord,
  action: RolloutActionName,
): Promise<boolean> {
  switch (action) {
    case 'pause':
      return rollout.command === 'pause';
    case 'abort':
      return rollout.command === 'abort';
    case 'rollback': {
      const wanted = await findEnvironmentRelease(tx, { app, environment });
      return rollout.purpose === 'roll-back' || wanted?.release === before;
    }
    default:
      return false;
  }
}

async function command(
  tx: Knex.Transaction,
  found: RolloutRecord,
  {
    steering: { app, environment, action, actor },
    consequences: { journal, wake },
    now,
  }: {
    steering: Steering & { action: Exclude<RolloutActionName, 'rollback'> };
    consequences: Consequences;
    now: Date;
  },
): Promise<void> {
  const rollout = commandRollout(found.rollout, action, now);
  await saveRollout(tx, { ...found, rollout }, now);
  journal({
    at: now,
    actor,
    action: `rollout.${PAST[action]}`,
    app,
    environment,
    release: found.release,
    message: `The rollout of release ${found.release} in ${environment} was ${PAST[action]}`,
    after: { reached: rollout.touched },
  });
  wake({ kind: 'rollout', app, environment });
}

/** The release before is wanted from now on; the rollout finds out and turns back. */
async function goBack(
  tx: Knex.Transaction,
  found: RolloutRecord,
  {
    steering: { app, environment, actor },
    consequences: { journal, wake },
    now,
  }: { steering: Steering; consequences: Consequences; now: Date },
): Promise<void> {
  const release = found.before!;
  await setEnvironmentRelease(
    tx,
    { app, environment, release, by: actor },
    now,
  );
  journal({
    at: now,
    actor,
    action: 'release.rolled-back',
    app,
    environment,
    release,
    message: `${environment} of ${app} goes back to release ${release}`,
    before: { release: found.release, reached: found.rollout.touched },
    after: { release },
  });
  wake({ kind: 'placement', app, environment });
}

function cannotSteer(
  { app, environment, action }: Steering,
  offers: readonly OfferedAction[],
): Problem {
  const verb = action === 'rollback' ? 'roll back' : action;
  return {
    code: 'rollout-not-steerable',
    what: `Cannot ${verb} the rollout of "${app}" in ${environment}`,
    why: WHY_NOT[action],
    next:
      offers.length === 0
        ? 'Promote another release'
        : `What can be done now: ${offers
            .map(offer => offer.action)
            .join(', ')}`,
    transient: false,
  };
}

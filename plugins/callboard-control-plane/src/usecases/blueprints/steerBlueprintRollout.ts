import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import {
  type Rollout,
  commandRollout,
  listRolloutActions,
  phaseOf,
  stepRollout,
} from '@callboard/plugin-callboard-core';
import { record } from '../../reconcile/record';
import type { Recorder } from '../../reconcile/roles';
import {
  type BlueprintRolloutRecord,
  findBlueprintRollouts,
  lockBlueprints,
  saveBlueprintRollout,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { notSteerable, rolloutMissing } from './problems';
import { toAnswer } from './readBlueprintRollout';

export type BlueprintSteering = Parameters<
  ControlPlane['steerBlueprintRollout']
>[0];

const PAST = {
  pause: 'was paused',
  resume: 'was resumed',
  abort: 'was aborted',
  rollback: 'rolls back',
} as const;

/**
 * Pauses, resumes, aborts or rolls back a rollout of a version. An action that
 * has already taken effect succeeds and changes nothing.
 */
export async function steerBlueprintRollout(
  steering: BlueprintSteering,
  context: Recorder,
): Promise<Result<void>> {
  const { blueprint, id, action, why, actor, version: read } = steering;
  return record(
    context,
    undefined,
    async (tx, { journal, signal, wake }): Promise<Result<void>> => {
      await lockBlueprints(tx);
      const now = context.deps.clock.now();
      const all = await findBlueprintRollouts(tx, { blueprint });
      const found = all.find(({ number }) => number === Number(id));
      if (!found) return failed(rolloutMissing({ blueprint, id }));
      if (isGranted(action, found.rollout, now)) return ok(undefined);
      const offers = listRolloutActions(
        found.rollout,
        { release: found.version, before: found.before, noun: 'version' },
        now,
      );
      const asked = { action, offers, now };
      if (found !== all[0])
        return failed(
          notSteerable(found, {
            ...asked,
            offers: [],
            because: `rollout ${all[0].number} took its place`,
          }),
        );
      if (!offers.some(offer => offer.action === action))
        return failed(notSteerable(found, asked));
      if (read !== undefined && read !== toAnswer(found, now).version)
        return failed(
          notSteerable(found, {
            ...asked,
            because: 'it went on after you read it',
          }),
        );
      const { finishedAt: _ended, ...open } = found;
      const next: BlueprintRolloutRecord = {
        ...open,
        rollout:
          action === 'rollback'
            ? goBack(found, now)
            : commandRollout(found.rollout, action, now),
      };
      await saveBlueprintRollout(tx, next, now);
      journal({
        at: now,
        actor,
        action: `blueprint.rollout-${action}`,
        message: `Rollout ${id} of blueprint ${blueprint} ${PAST[action]}${
          action === 'rollback' ? ` to version ${found.before}` : ''
        }`,
        ...(why !== undefined && { why }),
        after: { version: found.version, reached: found.rollout.updated },
      });
      signal({ kind: 'fleet' });
      wake({ kind: 'blueprint-rollout', blueprint });
      return ok(undefined);
    },
  );
}

/** Starts nothing: the next step does, after it has checked the clusters. */
function goBack(
  { rollout, before }: BlueprintRolloutRecord,
  now: Date,
): Rollout {
  const groups = [{ name: '', clusters: rollout.updated }];
  const turned = stepRollout(
    { ...rollout, updated: [], groups: [] },
    { kind: 'roll-back', revision: String(before) },
    now,
  ).rollout;
  return { ...turned, groups, lastNotified: '' };
}

function isGranted(
  action: BlueprintSteering['action'],
  rollout: Rollout,
  now: Date,
): boolean {
  if (action === 'rollback') return rollout.purpose === 'roll-back';
  if (action !== 'resume') return rollout.command === action;
  const { kind } = phaseOf(rollout, now);
  return rollout.command === 'run' && kind !== 'halted' && kind !== 'done';
}

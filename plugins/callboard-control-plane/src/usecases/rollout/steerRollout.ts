import {
  type Approval,
  type Result,
  type RolloutActionName,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type Rollout,
  commandRollout,
  listRolloutActions,
  phaseOf,
  versionOfRollout,
} from '@callboard/plugin-callboard-core';
import type { Platform } from '../../Platform';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import {
  type DesiredRevision,
  isSameRevision,
} from '../../reconcile/placing/setDesiredReleases';
import { findSettings } from '../../reconcile/settings/loadSettings';
import { restoreSettings } from '../settings/restoreSettings';
import { type Consequences, record } from '../../reconcile/record';
import type { Recorder } from '../../reconcile/roles';
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
import { judgeApproval } from '../promote/judgeApproval';
import { findNeededApproval } from './findNeededApproval';
import {
  type AskedOfRollout,
  movedOn,
  notSteerable,
  notYourRollout,
  replaced,
  rollbackNotApproved,
  rolloutMissing,
} from './problems';

export type Steering = Parameters<ControlPlane['steerRollout']>[0];

const PAST = {
  pause: 'paused',
  resume: 'resumed',
  abort: 'aborted',
} as const;

/**
 * Pauses, resumes, aborts or rolls back a rollout. An action that has already
 * taken effect succeeds and changes nothing. An action that is not possible now
 * is refused, and so is one with another effect than the actor read.
 */
export async function steerRollout(
  steering: Steering,
  context: Recorder,
): Promise<Result<void>> {
  const { app, environment, action, version, mayPromote = true } = steering;
  const { knex, clock, platform } = context.deps;
  const { owner } = (await findApp(knex, app)) ?? {};
  if (owner === undefined) return failed(appMissing(app));
  const title = titleOfEnvironment(platform.environments, environment);
  return record(
    context,
    undefined,
    async (tx, consequences): Promise<Result<void>> => {
      await lockRollout(tx, steering);
      const now = clock.now();
      const found = await findRollout(tx, steering);
      if (!mayPromote && !(await isApprover(tx, found, { steering, platform })))
        return failed(notYourRollout({ app, title, action }, owner));
      if (!found) return failed(rolloutMissing({ app, environment: title }));
      const wanted = await findEnvironmentRelease(tx, { app, environment });
      const { inForce } = await findSettings(tx, steering);
      const revision = wanted && {
        release: wanted.release,
        ...(inForce && { settings: inForce.version }),
      };
      if (isGranted(action, { found, wanted: revision, now }))
        return ok(undefined);
      const offers = listRolloutActions(found.rollout, found, now);
      const about = { app, title, action, offers };
      if (wanted && !isSameRevision(revision, found))
        return failed(replaced(about, wanted.release));
      if (!offers.some(offer => offer.action === action))
        return failed(notSteerable(about, found, now));
      if (
        version !== undefined &&
        version !== versionOfRollout(found.rollout, found, offers)
      )
        return failed(movedOn(about, found, now));
      const acts = { consequences, title, now };
      if (action === 'rollback') {
        const judged = await judgeRollback(tx, found, {
          steering,
          about,
          owner,
          platform,
        });
        if (!judged.ok) return judged;
        await goBack(tx, found, { ...acts, steering, ...judged.value });
      } else {
        await command(tx, found, {
          ...acts,
          steering: { ...steering, action },
        });
      }
      consequences.signal({ kind: 'app', name: app });
      return ok(undefined);
    },
  );
}

/** Whether the actor acts for the group that must approve the release that the rollout rolls back to. */
async function isApprover(
  tx: Knex.Transaction,
  found: RolloutRecord | undefined,
  {
    steering: { app, environment, action, actor, ownershipRefs = [] },
    platform,
  }: { steering: Steering; platform: Pick<Platform, 'environments'> },
): Promise<boolean> {
  if (!found || action !== 'rollback') return false;
  const release = found.before ?? found.release;
  const needs = await findNeededApproval(
    tx,
    { app, environment, release },
    platform,
  );
  const needed = needs.ok ? needs.value.needed : undefined;
  return needed !== undefined && [actor, ...ownershipRefs].includes(needed);
}

/** Whether the rollout is already in the requested state. */
function isGranted(
  action: RolloutActionName,
  {
    found,
    wanted,
    now,
  }: { found: RolloutRecord; wanted: DesiredRevision | undefined; now: Date },
): boolean {
  const { rollout } = found;
  if (action === 'rollback')
    return rollout.purpose === 'roll-back' || isBefore(found, wanted);
  if (!isSameRevision(wanted, found)) return false;
  switch (action) {
    case 'pause':
      return rollout.command === 'pause';
    case 'abort':
      return rollout.command === 'abort';
    case 'resume':
      return rollout.command === 'run' && isGoingOn(rollout, now);
    default:
      return action satisfies never;
  }
}

function isBefore(
  { before, settingsBefore }: RolloutRecord,
  wanted: DesiredRevision | undefined,
): boolean {
  return wanted?.release === before && wanted?.settings === settingsBefore;
}

function isGoingOn(rollout: Rollout, now: Date): boolean {
  const { kind } = phaseOf(rollout, now);
  return kind !== 'halted' && kind !== 'done';
}

async function command(
  tx: Knex.Transaction,
  found: RolloutRecord,
  {
    steering: { app, environment, action, actor },
    consequences: { journal, wake },
    title,
    now,
  }: {
    steering: Steering & { action: Exclude<RolloutActionName, 'rollback'> };
    consequences: Consequences;
    title: string;
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
    message: `The rollout of release ${found.release} in ${title} was ${PAST[action]}`,
    after: { reached: rollout.updated },
  });
  wake({ kind: 'rollout', app, environment });
}

/** Whether the actor may restore the previous release, and the approval that it then has. */
async function judgeRollback(
  tx: Knex.Transaction,
  { before }: RolloutRecord,
  {
    steering,
    about,
    owner,
    platform,
  }: {
    steering: Steering;
    about: AskedOfRollout;
    owner: string;
    platform: Pick<Platform, 'environments'>;
  },
): Promise<Result<{ approval?: Approval }>> {
  const { app, environment } = steering;
  const release = before!; // without it no rollback is offered
  const needs = await findNeededApproval(
    tx,
    { app, environment, release },
    platform,
  );
  if (!needs.ok) return needs;
  const verdict = judgeApproval({ ...needs.value, isRollback: true }, steering);
  switch (verdict.kind) {
    case 'missing':
      return failed(
        rollbackNotApproved(about, { release, group: verdict.group }),
      );
    case 'not-allowed':
      return failed(notYourRollout(about, owner));
    default:
      return ok(verdict.approval ? { approval: verdict.approval } : {});
  }
}

/** Makes the previous release the desired one; the rollout then reverses. */
async function goBack(
  tx: Knex.Transaction,
  found: RolloutRecord,
  {
    steering: { app, environment, actor },
    approval,
    consequences: { journal, wake },
    title,
    now,
  }: {
    steering: Steering;
    approval?: Approval;
    consequences: Consequences;
    title: string;
    now: Date;
  },
): Promise<void> {
  const release = found.before!;
  await setEnvironmentRelease(
    tx,
    { app, environment, release, by: actor, approval },
    now,
  );
  const message = `${title} of ${app} rolls back to release ${release}`;
  const settings = await restoreSettings(
    tx,
    { app, environment, by: actor, why: message },
    found.settingsBefore,
    now,
  );
  journal({
    at: now,
    actor,
    action: 'release.rolled-back',
    app,
    environment,
    release,
    message:
      settings === undefined
        ? message
        : `${message} and to its settings (settings ${settings})`,
    before: { release: found.release, reached: found.rollout.updated },
    after: {
      release,
      ...(settings !== undefined && { settings }),
      ...(approval && { approval }),
    },
  });
  wake({ kind: 'placement', app, environment });
}

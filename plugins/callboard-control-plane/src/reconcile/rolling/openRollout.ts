import {
  type RolloutEvent,
  startRollout,
  stepRollout,
} from '@callboard/plugin-callboard-core';
import type { RolloutRecord } from '../../store';
import {
  type DesiredRevision,
  isSameRevision,
  nameRevision,
  revisionOf,
} from '../placing/setDesiredReleases';
import type { RolloutObservation } from './RolloutObservation';

/** The rollout of the release that is desired now. */
export interface OpenRollout {
  /** Before the observation is taken in. */
  record: RolloutRecord;
  /** True when it begins now. */
  isNew: boolean;
}

/**
 * Returns the rollout that is under way, or the one that begins now: forward in
 * waves, or back to what clusters ran before, all at once. Pure.
 *
 * @returns undefined where there is nothing to roll out: every cluster has the
 *   release already
 */
export function openRollout(
  observation: RolloutObservation,
  now: Date,
): OpenRollout | undefined {
  const { record, wanted } = observation;
  if (record && isSameRevision(record, wanted)) return { record, isNew: false };
  if (record && isBefore(record, wanted))
    return turnBack(record, observation, now);
  return record || !isEverywhere(observation)
    ? begin(observation, now)
    : undefined;
}

/** Whether the desired revision is what clusters had before this rollout. */
function isBefore(
  { before, settingsBefore }: RolloutRecord,
  { release, settings, restoresBefore }: RolloutObservation['wanted'],
): boolean {
  return (
    before === release &&
    (settingsBefore === settings || restoresBefore === true)
  );
}

/** Begins without clusters: the placement, and which of them are reachable, are taken in together. */
function begin(observation: RolloutObservation, now: Date): OpenRollout {
  const { wanted, strategy } = observation;
  const { rollout } = startRollout(
    { revision: nameRevision(wanted), strategy, groups: [] },
    now,
  );
  const before = revisionBefore(observation);
  return {
    record: {
      ...recordOf(observation, now),
      ...(before && { before: before.release }),
      ...(before?.settings !== undefined && {
        settingsBefore: before.settings,
      }),
      rollout,
    },
    isNew: true,
  };
}

function turnBack(
  record: RolloutRecord,
  observation: RolloutObservation,
  now: Date,
): OpenRollout {
  const event: RolloutEvent = {
    kind: 'roll-back',
    revision: nameRevision(observation.wanted),
  };
  const { rollout } = stepRollout(record.rollout, event, now);
  return { record: { ...recordOf(observation, now), rollout }, isNew: true };
}

function recordOf(
  { wanted, groups, deployments }: RolloutObservation,
  now: Date,
): Omit<RolloutRecord, 'rollout'> {
  const placed = new Set(groups.flatMap(({ clusters }) => clusters));
  const held = [...deployments.values()]
    .filter(
      ({ key, state }) =>
        !placed.has(key.cluster) && state.desiredRelease !== undefined,
    )
    .map(({ key }) => key.cluster);
  return {
    app: wanted.app,
    environment: wanted.environment,
    release: wanted.release,
    ...(wanted.settings !== undefined && { settings: wanted.settings }),
    startedBy: wanted.settingsBy ?? wanted.releasedBy,
    startedAt: now,
    held: held.sort(),
    contacts: {},
  };
}

/**
 * Returns the revision for a rollback: the release of the previous rollout if
 * that was completed, else the one from which it started, since its own release
 * was never proved.
 */
function revisionBefore({
  record,
  deployments,
  wanted,
}: RolloutObservation): DesiredRevision | undefined {
  if (record)
    return record.finishedAt || record.before === undefined
      ? record
      : { release: record.before, settings: record.settingsBefore };
  const others = [...deployments.values()]
    .flatMap(({ state }) => revisionOf(state) ?? [])
    .filter(each => !isSameRevision(each, wanted))
    .sort(
      (a, b) => b.release - a.release || (b.settings ?? 0) - (a.settings ?? 0),
    );
  return others[0];
}

function isEverywhere({
  groups,
  deployments,
  wanted,
}: RolloutObservation): boolean {
  return groups
    .flatMap(({ clusters }) => clusters)
    .every(cluster =>
      isSameRevision(revisionOf(deployments.get(cluster)?.state), wanted),
    );
}

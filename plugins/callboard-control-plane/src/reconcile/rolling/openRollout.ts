import {
  type RolloutEvent,
  startRollout,
  stepRollout,
} from '@callboard/plugin-callboard-core';
import type { RolloutRecord } from '../../store';
import type { RolloutObservation } from './RolloutObservation';

/** The rollout of the release that is wanted now. */
export interface OpenRollout {
  /** Before anything of what was observed is taken in. */
  record: RolloutRecord;
  /** True when it begins now. */
  isNew: boolean;
}

/**
 * The rollout that is under way, or the one that begins now: forward in waves,
 * or back to what clusters ran before, all at once. Pure.
 *
 * @returns undefined where there is nothing to roll out: every cluster has the release already
 */
export function openRollout(
  observation: RolloutObservation,
  now: Date,
): OpenRollout | undefined {
  const { record, wanted } = observation;
  if (record?.release === wanted.release) return { record, isNew: false };
  if (record && record.before === wanted.release)
    return turnBack(record, observation, now);
  return record || !isEverywhere(observation)
    ? begin(observation, now)
    : undefined;
}

/** Placed nowhere yet: where it goes, and who of them can be reached, is taken in together. */
function begin(observation: RolloutObservation, now: Date): OpenRollout {
  const { wanted, strategy } = observation;
  const { rollout } = startRollout(
    { revision: String(wanted.release), strategy, groups: [] },
    now,
  );
  const before = releaseBefore(observation);
  return {
    record: {
      ...recordOf(observation, now),
      ...(before !== undefined && { before }),
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
    revision: String(observation.wanted.release),
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
    startedBy: wanted.releasedBy,
    startedAt: now,
    held: held.sort(),
    contacts: {},
  };
}

/**
 * What is gone back to: the release of the rollout before if that came to its
 * end, else the one from which it started: what it brought was never proved.
 */
function releaseBefore({
  record,
  deployments,
  wanted,
}: RolloutObservation): number | undefined {
  if (record?.finishedAt) return record.release;
  if (record) return record.before ?? record.release;
  const there = [...deployments.values()].flatMap(
    ({ state }) => state.desiredRelease ?? [],
  );
  const others = there.filter(release => release !== wanted.release);
  return others.length === 0 ? undefined : Math.max(...others);
}

function isEverywhere({
  groups,
  deployments,
  wanted,
}: RolloutObservation): boolean {
  return groups
    .flatMap(({ clusters }) => clusters)
    .every(
      cluster =>
        deployments.get(cluster)?.state.desiredRelease === wanted.release,
    );
}

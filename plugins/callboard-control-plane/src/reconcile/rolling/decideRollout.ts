import {
  advanceRollout,
  judgeCalendar,
  phaseOf,
  type RolloutEffect,
} from '@callboard/plugin-callboard-core';
import type { RolloutRecord } from '../../store';
import {
  type DesiredOnCluster,
  type DesiredByCluster,
  onAll,
  placeOf,
  revisionOf,
} from '../placing/setDesiredReleases';
import { STOPPED_REPLICAS } from '../placing/sizesOf';
import { eventsOf } from './eventsOf';
import { openRollout } from './openRollout';
import type { RolloutObservation } from './RolloutObservation';

/** The next action for the rollout of an environment. */
export type RolloutDecision =
  /** Nothing is under way: every cluster of the placement has the release, all others none. */
  | { kind: 'settled'; desired: DesiredByCluster }
  /** Not decidable yet; the event that clarifies it wakes the rollout. */
  | { kind: 'unclear' }
  | {
      kind: 'stepped';
      record: RolloutRecord;
      effects: RolloutEffect[];
      /** True when it begins with this step. */
      isNew: boolean;
      desired: DesiredByCluster;
      /**
       * Clusters whose turn comes with this step. A cluster that had it before
       * starts again: its known state no longer counts.
       */
      started: string[];
    };

/** Decides one step of the rollout of an environment. Pure: the same observation gives the same decision. */
export function decideRollout(
  observation: RolloutObservation,
  now: Date,
): RolloutDecision {
  const placed = observation.groups.flatMap(({ clusters }) => clusters);
  if (placed.length === 0) return decideNowhere(observation);
  const everywhere = onAll(placed, observation.wanted, observation.replicas);
  const open = openRollout(observation, now);
  if (!open || open.record.finishedAt)
    return { kind: 'settled', desired: everywhere };

  const happened = eventsOf(open.record, observation);
  if (happened.kind === 'unclear') return happened;
  const { rollout, effects } = advanceRollout(
    open.record.rollout,
    [
      ...happened.events,
      {
        kind: 'calendar',
        hold: judgeCalendar(
          observation.changes,
          { app: observation.wanted.app },
          now,
        ),
      },
    ],
    now,
  );
  const isDone = phaseOf(rollout, now).kind === 'done';
  const record: RolloutRecord = {
    ...open.record,
    contacts: { ...open.record.contacts, ...happened.contacts },
    rollout,
    ...(isDone && { finishedAt: now }),
  };
  const { isNew } = open;
  const started = isNew
    ? placed.filter(cluster => rollout.clusters[cluster]?.kind === 'applying')
    : effects.flatMap(effect =>
        effect.kind === 'apply' ? [effect.cluster] : [],
      );
  return {
    kind: 'stepped',
    record,
    effects,
    isNew,
    started,
    desired: isDone ? everywhere : desiredOn(record, observation, { isNew }),
  };
}

/** A release that fits nowhere does not replace the one that runs. */
function decideNowhere({
  wanted,
  deployments,
  record,
}: RolloutObservation): RolloutDecision {
  const isOther = [...deployments.values()].some(
    ({ state }) =>
      state.desiredRelease !== undefined &&
      state.desiredRelease !== wanted.release,
  );
  return isOther && record?.release !== wanted.release
    ? { kind: 'unclear' }
    : { kind: 'settled', desired: new Map() };
}

/**
 * Returns the release for clusters whose turn has come, and for all others what
 * they had. A cluster that the placement chose meanwhile (in the place of one
 * that was lost) gets what the others had, so that the app is served, or keeps
 * what is still there. Where replicas are divided, no cluster has fewer before
 * its turn, and more where they are missing.
 */
function desiredOn(
  record: RolloutRecord,
  {
    groups,
    deployments,
    replicas,
    record: last,
    isStopped,
  }: RolloutObservation,
  { isNew }: { isNew: boolean },
): DesiredByCluster {
  const desired = new Map<string, DesiredOnCluster>();
  const known = new Set(
    (isNew ? [] : last?.rollout.groups ?? []).flatMap(
      ({ clusters }) => clusters,
    ),
  );
  for (const cluster of groups.flatMap(({ clusters }) => clusters)) {
    const current = deployments.get(cluster)?.state;
    const share = replicas.get(cluster);
    if (record.rollout.updated.includes(cluster)) {
      desired.set(cluster, placeOf(record, share));
      continue;
    }
    const isNewcomer = !isNew && !known.has(cluster);
    const revision = revisionOf(current);
    if (current && revision) {
      const size = sizeBefore(current.desiredReplicas, share);
      desired.set(cluster, placeOf(revision, size));
    } else if (isNewcomer) {
      // A cluster that was about to be left keeps what is still on it.
      const release = current?.observedRelease ?? record.before;
      const { settingsBefore: settings } = record;
      if (release !== undefined)
        desired.set(cluster, placeOf({ release, settings }, share));
    }
  }
  for (const cluster of record.held) {
    const state = deployments.get(cluster)?.state;
    const revision = revisionOf(state);
    if (revision && !desired.has(cluster))
      desired.set(
        cluster,
        placeOf(
          revision,
          isStopped
            ? STOPPED_REPLICAS
            : sizeBefore(state?.desiredReplicas, undefined),
        ),
      );
  }
  return desired;
}

/** Returns the replicas of a cluster whose turn is still to come: a stop or start applies at once. */
function sizeBefore(
  has: number | undefined,
  share: number | undefined,
): number | undefined {
  if (share === STOPPED_REPLICAS || has === STOPPED_REPLICAS) return share;
  return has === undefined ? has : Math.max(has, share ?? has);
}

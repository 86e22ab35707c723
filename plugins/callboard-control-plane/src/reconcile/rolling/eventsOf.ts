import {
  observedStatus,
  type RolloutEvent,
  type RolloutGroup,
} from '@callboard/plugin-callboard-core';
import type { RolloutRecord } from '../../store';
import {
  isSameRevision,
  nameRevision,
  revisionOf,
} from '../placing/setDesiredReleases';
import type { RolloutObservation } from './RolloutObservation';

/** Events since the previous observation of the rollout. */
export type WhatHappened =
  | {
      kind: 'known';
      events: RolloutEvent[];
      /** Since when each contact lasts, for the next observation. */
      contacts: Record<string, number>;
    }
  /**
   * A cluster under way is neither in contact nor lost yet: this is known in a
   * moment, and requests another observation.
   */
  | { kind: 'unclear' };

/**
 * Derives the events of a rollout from the current state: where it is placed,
 * which clusters are reachable, and what they are observed to run. Pure.
 *
 * A cluster that was lost and came back between two observations was not
 * watched: what was under way or soaking there starts again.
 */
export function eventsOf(
  record: RolloutRecord,
  observation: RolloutObservation,
): WhatHappened {
  const groups = groupsFor(record, observation);
  const events: RolloutEvent[] =
    JSON.stringify(groups) === JSON.stringify(record.rollout.groups)
      ? []
      : [{ kind: 'placed', groups }];
  const contacts: Record<string, number> = {};
  for (const cluster of groups.flatMap(group => group.clusters)) {
    const { freshness, observedAt, since } =
      observation.clusterStatusOf(cluster);
    if (freshness === 'stale') {
      if (isUnderWay(record, cluster)) return { kind: 'unclear' };
      continue;
    }
    const sinceMs = since?.getTime() ?? 0;
    const known = record.contacts[cluster];
    contacts[cluster] = freshness === 'live' ? sinceMs : known ?? sinceMs;
    const isOffline = cluster in record.rollout.offline;
    if (freshness === 'unreachable') {
      if (!isOffline)
        events.push({
          kind: 'lost',
          cluster,
          ...(observedAt && { sinceMs: observedAt.getTime() }),
        });
      continue;
    }
    const wasMissed = !isOffline && known !== undefined && sinceMs > known;
    if (wasMissed)
      events.push({ kind: 'lost', cluster, sinceMs: begunMs(record, cluster) });
    events.push({ kind: 'reached', cluster });
    // The state of a cluster that was not yet notified, or not since its return, is from
    // before.
    if (wasMissed || !isReported(record, cluster)) continue;
    const state = observation.deployments.get(cluster)?.state;
    const seen = isSameRevision(revisionOf(state), record)
      ? observedStatus(state, record.release)
      : undefined;
    if (seen)
      events.push({
        kind: 'observed',
        cluster,
        revision: nameRevision(record),
        ...seen,
      });
  }
  return { kind: 'known', events, contacts };
}

/**
 * A rollback concerns clusters that had the newer release, and any other that
 * does not run this one; the rest never left it.
 */
function groupsFor(
  record: RolloutRecord,
  { groups, deployments }: RolloutObservation,
): RolloutGroup[] {
  const { rollout } = record;
  if (rollout.purpose === 'roll-out') return groups;
  const concerned = new Set(rollout.groups.flatMap(({ clusters }) => clusters));
  const clusters = groups
    .flatMap(group => group.clusters)
    .filter(
      cluster =>
        concerned.has(cluster) ||
        !isSameRevision(revisionOf(deployments.get(cluster)?.state), record),
    );
  return [{ name: '', clusters: clusters.sort() }];
}

function isUnderWay({ rollout }: RolloutRecord, cluster: string): boolean {
  const kind = rollout.clusters[cluster]?.kind;
  return kind === 'applying' || kind === 'succeeded';
}

function isReported({ rollout }: RolloutRecord, cluster: string): boolean {
  return (rollout.clusters[cluster]?.kind ?? 'to-apply') !== 'to-apply';
}

/** Returns when the step that is under way on a cluster began. */
function begunMs({ rollout }: RolloutRecord, cluster: string): number {
  const progress = rollout.clusters[cluster];
  return progress && 'sinceMs' in progress ? progress.sinceMs : 0;
}

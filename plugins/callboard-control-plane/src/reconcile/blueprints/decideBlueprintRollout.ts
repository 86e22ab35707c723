import {
  type RolloutEffect,
  type RolloutEvent,
  type RolloutGroup,
  advanceRollout,
  judgeCalendar,
  observedStatus,
  phaseOf,
} from '@callboard/plugin-callboard-core';
import {
  type ChangeCalendar,
  countOf,
} from '@callboard/plugin-callboard-common';
import type {
  BlueprintRolloutRecord,
  DeploymentRecord,
  UnwellApp,
} from '../../store';
import type { ClusterStatus } from '../fleet/clusterStatusOf';
import { versionFor } from './versionFor';

/** Everything that the rollout of a version depends on. */
export interface BlueprintObservation {
  /** Clusters that follow the version, in decision groups. */
  groups: RolloutGroup[];
  /** The channel that each of them follows; empty where only the name is given. */
  channels: ReadonlyMap<string, string>;
  /** The recorded blueprint deployment of each of them. */
  baselines: ReadonlyMap<string, DeploymentRecord>;
  /** Unhealthy apps, by cluster. */
  unwell: ReadonlyMap<string, readonly UnwellApp[]>;
  /** When the version may reach clusters. */
  changes?: ChangeCalendar;
  clusterStatusOf(cluster: string): ClusterStatus;
}

export type BlueprintDecision =
  /** A cluster under way is neither in contact nor lost yet: a later observation shows which. */
  | { kind: 'unclear' }
  | {
      kind: 'stepped';
      record: BlueprintRolloutRecord;
      effects: RolloutEffect[];
      /** Clusters whose turn comes with this step. */
      started: string[];
    };

/** Decides one step of the rollout of a version of a blueprint. Pure: the same observation gives the same decision. */
export function decideBlueprintRollout(
  record: BlueprintRolloutRecord,
  observation: BlueprintObservation,
  now: Date,
): BlueprintDecision {
  const groups = groupsFor(record, observation);
  const events: RolloutEvent[] =
    JSON.stringify(groups) === JSON.stringify(record.rollout.groups)
      ? []
      : [{ kind: 'placed', groups }];
  const contacts: Record<string, number> = {};
  for (const cluster of groups.flatMap(({ clusters }) => clusters)) {
    const seen = eventsOn(cluster, record, observation);
    if (seen === 'unclear') return { kind: 'unclear' };
    events.push(...seen.events);
    if (seen.contact !== undefined) contacts[cluster] = seen.contact;
  }
  events.push({
    kind: 'calendar',
    hold: judgeCalendar(
      observation.changes,
      { blueprint: record.blueprint },
      now,
    ),
  });
  const { rollout, effects } = advanceRollout(record.rollout, events, now);
  const started = effects.flatMap(effect =>
    effect.kind === 'apply' ? [effect.cluster] : [],
  );
  const unwell = { ...record.unwell };
  for (const cluster of started)
    unwell[cluster] ??= unwellOn(cluster, observation);
  return {
    kind: 'stepped',
    effects,
    started,
    record: {
      ...record,
      contacts: { ...record.contacts, ...contacts },
      unwell,
      rollout,
      ...(phaseOf(rollout, now).kind === 'done' && { finishedAt: now }),
    },
  };
}

/** A rollback concerns the clusters that had the newer version; the others never left the previous one. */
function groupsFor(
  record: BlueprintRolloutRecord,
  { groups, channels, baselines }: BlueprintObservation,
): RolloutGroup[] {
  if (record.rollout.purpose === 'roll-out') return groups;
  const concerned = new Set(
    record.rollout.groups.flatMap(({ clusters }) => clusters),
  );
  const clusters = groups
    .flatMap(group => group.clusters)
    .filter(
      cluster =>
        concerned.has(cluster) ||
        baselines.get(cluster)?.state.desiredRelease !==
          versionFor(record, channels.get(cluster) ?? ''),
    );
  return [{ name: '', clusters: clusters.sort() }];
}

/**
 * Returns what happened on a cluster since the last observation. A cluster that
 * was lost and came back in between was not watched.
 */
function eventsOn(
  cluster: string,
  record: BlueprintRolloutRecord,
  observation: BlueprintObservation,
): { events: RolloutEvent[]; contact?: number } | 'unclear' {
  const { rollout } = record;
  const progress = rollout.clusters[cluster];
  const kind = progress?.kind ?? 'to-apply';
  const { freshness, observedAt, since } = observation.clusterStatusOf(cluster);
  if (freshness === 'stale')
    return kind === 'applying' || kind === 'succeeded'
      ? 'unclear'
      : { events: [] };
  const sinceMs = since?.getTime() ?? 0;
  const known = record.contacts[cluster];
  const isOffline = cluster in rollout.offline;
  if (freshness === 'unreachable')
    return {
      contact: known ?? sinceMs,
      events: isOffline
        ? []
        : [
            {
              kind: 'lost',
              cluster,
              ...(observedAt && { sinceMs: observedAt.getTime() }),
            },
          ],
    };
  const wasMissed = !isOffline && known !== undefined && sinceMs > known;
  const begunMs = progress && 'sinceMs' in progress ? progress.sinceMs : 0;
  const events: RolloutEvent[] = [
    ...(wasMissed
      ? [{ kind: 'lost' as const, cluster, sinceMs: begunMs }]
      : []),
    { kind: 'reached', cluster },
  ];
  // The state of a cluster that was not yet notified, or not since its return, is from
  // before.
  const seen =
    wasMissed || kind === 'to-apply'
      ? undefined
      : statusOn(cluster, record, observation);
  if (seen)
    events.push({
      kind: 'observed',
      cluster,
      revision: rollout.revision,
      ...seen,
    });
  return { events, contact: sinceMs };
}

/** A version is healthy on a cluster when its add-ons are healthy, and no app there is worse than before. */
function statusOn(
  cluster: string,
  record: BlueprintRolloutRecord,
  observation: BlueprintObservation,
): ReturnType<typeof observedStatus> {
  const { baselines, channels } = observation;
  const baseline = baselines.get(cluster);
  if (baseline?.name !== record.blueprint) return undefined;
  const version = versionFor(record, channels.get(cluster) ?? '');
  const seen = observedStatus(baseline.state, version);
  if (seen?.status !== 'Succeeded') return seen;
  const before = record.unwell[cluster] ?? [];
  const worse = (observation.unwell.get(cluster) ?? []).filter(
    app => !before.includes(nameOf(app)),
  );
  const broken = worse.filter(({ status }) => status === 'Degraded');
  // A reader of the cluster may lack access to its apps: they are counted, not named.
  if (broken.length > 0)
    return {
      status: 'Failed',
      why: `${countOf(
        broken.length,
        'app',
      )} that ran well before turned Degraded there`,
    };
  return worse.length > 0 ? { status: 'Progressing' } : seen;
}

function unwellOn(cluster: string, { unwell }: BlueprintObservation): string[] {
  return (unwell.get(cluster) ?? []).map(nameOf).sort();
}

function nameOf({ app, environment }: UnwellApp): string {
  return `${app}/${environment}`;
}

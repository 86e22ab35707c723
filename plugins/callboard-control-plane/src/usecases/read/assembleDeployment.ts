import {
  agreeWithFindings,
  findNextRun,
  shownHealth,
  waitingToLeave,
} from '@callboard/plugin-callboard-core';
import {
  type DeploymentView,
  blueprintOfCluster,
} from '@callboard/plugin-callboard-common';
import type { DeploymentRecord } from '../../store';
import { type FleetSnapshot, environmentKey } from './FleetSnapshot';

/** One app in one environment on one cluster, as it is shown: outdated state is Unknown. */
export function assembleDeployment(
  { key, state }: DeploymentRecord,
  snapshot: FleetSnapshot,
  /** Of all replicas that are divided over the clusters. */
  wantedReplicas?: number,
): DeploymentView {
  const { cluster } = key;
  const { freshness, observedAt, isReading } =
    snapshot.clusterStatusOf(cluster);
  const file = snapshot.clusters.get(cluster)?.file;
  const region = file?.metadata.labels?.region ?? file?.spec.claims?.region;
  const title = file?.metadata.title;
  const blueprint = file && blueprintOfCluster(file)?.name;
  return {
    cluster,
    release: state.observedRelease ?? null,
    desiredRelease: state.desiredRelease ?? null,
    ...(state.desiredSettings !== undefined && {
      settings: state.desiredSettings,
    }),
    sync: freshness === 'live' ? state.sync : 'Unknown',
    health: shownHealth(
      agreeWithFindings(state.health, state.findings, 'certain'),
      freshness,
      observedAt,
      snapshot.now,
    ),
    freshness,
    observedAt: observedAt?.toISOString() ?? null,
    ...(isReading && { reading: true as const }),
    ...(state.urls.length > 0 && { url: state.urls[0] }),
    urls: state.urls,
    instances: state.instances,
    ...(state.serving && freshness === 'live' && { serving: state.serving }),
    ...(wantedReplicas !== undefined &&
      state.desiredReplicas !== undefined && {
        replicas: { here: state.desiredReplicas, of: wantedReplicas },
      }),
    ...runsOf(state.parts, snapshot.now),
    ...drainOf(key, snapshot),
    ...(region !== undefined && { region }),
    ...(title !== undefined && { title }),
    ...(blueprint !== undefined && { blueprint }),
  };
}

/** The next run is computed from the instant that is shown. */
function runsOf(
  parts: DeploymentRecord['state']['parts'],
  now: Date,
): Pick<DeploymentView, 'runs'> {
  const runs = parts.flatMap(({ name, runs: of }) => {
    if (!of) return [];
    const { schedule, timeZone, isSuspended, last } = of;
    return [
      {
        workload: name,
        schedule,
        ...(timeZone !== undefined && { timeZone }),
        ...(isSuspended && { suspended: true as const }),
        last: last ?? null,
        next: findNextRun(of, now)?.toISOString() ?? null,
      },
    ];
  });
  return runs.length > 0 ? { runs } : {};
}

/** A reader of the app sees that it has to leave a cluster, even without access to the cluster. */
function drainOf(
  key: DeploymentRecord['key'],
  { placements, schedulings }: FleetSnapshot,
): Pick<DeploymentView, 'drain'> {
  if (key.kind !== 'app' || schedulings.get(key.cluster)?.mode !== 'draining')
    return {};
  const decision = placements.get(environmentKey(key))?.decision;
  const isStuck = decision && waitingToLeave(decision).includes(key.cluster);
  return { drain: isStuck ? 'stuck' : 'moving' };
}

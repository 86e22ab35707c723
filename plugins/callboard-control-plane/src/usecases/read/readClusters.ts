import {
  describeFleet,
  needsAttention,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import {
  type Cluster,
  type FleetSummary,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { StoreWatcher } from '../../reconcile/roles';
import type { ReadOptions, SharedReadOptions } from '../ControlPlane';
import { clusterMissing } from '../problems';
import { assembleCluster } from './assembleCluster';
import { type ReadContext, type Shown, look } from './SnapshotCache';
import type { FleetSnapshot } from './FleetSnapshot';
import { appsOf } from './readApps';

/** Every cluster, by name. */
export async function listClusters(
  context: ReadContext,
  { onlyApps, ...options }: SharedReadOptions = {},
): Promise<Cluster[]> {
  const shown = await look(context, options);
  if (!onlyApps) return clustersOf(shown);
  const counted = new Set(onlyApps);
  return [...shown.snapshot.clusters.values()].map(cluster =>
    assembleCluster(cluster, shown.snapshot, app => counted.has(app)),
  );
}

/** One cluster. */
export async function getCluster(
  name: string,
  context: ReadContext,
  { onlyApps, ...options }: SharedReadOptions = {},
): Promise<Result<Cluster>> {
  const { snapshot } = await look(context, options);
  const cluster = snapshot.clusters.get(name);
  return cluster
    ? ok(
        assembleCluster(
          cluster,
          snapshot,
          app => onlyApps?.includes(app) ?? true,
        ),
      )
    : failed(clusterMissing(name));
}

/** The fleet in one sentence and a few counts. */
export async function getFleetSummary(
  context: ReadContext & StoreWatcher,
  options: ReadOptions = {},
): Promise<FleetSummary> {
  const shown = await look(context, options);
  const { snapshot } = shown;
  const clusters = clustersOf(shown);
  const apps = appsOf(shown);
  const problem = context.condition.problem ?? shown.space;
  const counts = {
    total: apps.length,
    needAttention: apps.filter(needsAttention).length,
  };
  const count = (freshness: Cluster['freshness']) =>
    clusters.filter(each => each.freshness === freshness).length;
  return {
    sentence: describeFleet(
      { clusters, apps: counts, ...(problem && { problem }) },
      snapshot.now,
    ),
    clusters: {
      total: clusters.length,
      live: count('live'),
      stale: count('stale'),
      unreachable: count('unreachable'),
    },
    apps: counts,
    environments: environmentsOf(snapshot),
    ...(problem && { problem: pickWords(problem) }),
    playground: clusters.some(
      ({ connection }) => connection.kind === 'playground',
    ),
  };
}

/** The platform's own, in their order. */
function environmentsOf({
  platform,
}: FleetSnapshot): FleetSummary['environments'] {
  const resolved = resolveEnvironments([...platform.environments]);
  return resolved.ok
    ? resolved.value.map(({ name, title }) => ({ name, title }))
    : [];
}

function clustersOf(shown: Shown): Cluster[] {
  const { snapshot } = shown;
  shown.clusters ??= [...snapshot.clusters.values()].map(cluster =>
    assembleCluster(cluster, snapshot),
  );
  return shown.clusters;
}

function pickWords({
  code,
  what,
  why,
  next,
}: Problem): FleetSummary['problem'] {
  return { code, what, why, next };
}

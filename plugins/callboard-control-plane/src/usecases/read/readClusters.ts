import {
  describeFleet,
  needsAttention,
} from '@callboard/plugin-callboard-core';
import {
  type Cluster,
  type FleetSummary,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import { findClusterFacts } from '../../store';
import type { ReadOptions } from '../ControlPlane';
import { clusterMissing } from '../problems';
import { assembleCluster } from './assembleCluster';
import { type Picture, readPicture } from './Picture';
import { assembleAll } from './readApps';

/** Every cluster, by name. */
export async function listClusters(
  context: ReconcileContext,
  { at }: ReadOptions = {},
): Promise<Cluster[]> {
  return assembleClusters(await readPicture(context, { at }), context, { at });
}

/** One cluster. */
export async function getCluster(
  name: string,
  context: ReconcileContext,
  { at }: ReadOptions = {},
): Promise<Result<Cluster>> {
  const picture = await readPicture(context, { at });
  const cluster = picture.clusters.get(name);
  if (!cluster) return failed(clusterMissing(name));
  const says = (await findClusterFacts(context.deps.knex, at)).get(name);
  return ok(assembleCluster(cluster, picture, { says }));
}

/** The fleet in one sentence and a few counts. */
export async function getFleetSummary(
  context: ReconcileContext,
  { at }: ReadOptions = {},
): Promise<FleetSummary> {
  const picture = await readPicture(context, { at });
  const clusters = await assembleClusters(picture, context, { at });
  const apps = await assembleAll(picture, context);
  const { problem } = context.condition;
  const counts = {
    total: apps.length,
    needAttention: apps.filter(needsAttention).length,
  };
  const count = (freshness: Cluster['freshness']) =>
    clusters.filter(each => each.freshness === freshness).length;
  return {
    sentence: describeFleet(
      { clusters, apps: counts, ...(problem && { problem }) },
      picture.now,
    ),
    clusters: {
      total: clusters.length,
      live: count('live'),
      stale: count('stale'),
      unreachable: count('unreachable'),
    },
    apps: counts,
    ...(problem && { problem: pickWords(problem) }),
    playground: clusters.some(
      ({ connection }) => connection.kind === 'playground',
    ),
  };
}

async function assembleClusters(
  picture: Picture,
  { deps }: ReconcileContext,
  { at }: ReadOptions,
): Promise<Cluster[]> {
  const says = await findClusterFacts(deps.knex, at);
  return [...picture.clusters.values()].map(cluster =>
    assembleCluster(cluster, picture, { says: says.get(cluster.name) }),
  );
}

function pickWords({
  code,
  what,
  why,
  next,
}: Problem): FleetSummary['problem'] {
  return { code, what, why, next };
}

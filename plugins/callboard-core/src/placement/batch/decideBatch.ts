import type {
  ClusterFacts,
  PlacementDecision,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';
import {
  type RetentionInput,
  decideWithRetention,
} from '../decideWithRetention';
import { compareText } from '../selectors';
import { countPlaces } from './countPlaces';

/** One of many apps that are placed on the same clusters. */
export interface BatchApp extends Omit<RetentionInput, 'clusters' | 'others'> {
  name: string;
  /** The app's needs depend on labels of the cluster: `needsOn` changes with them. */
  hasNeedsByLabel?: boolean;
}

export interface BatchInput {
  apps: readonly BatchApp[];
  clusters: readonly ClusterFacts[];
}

/**
 * Decides many apps at once, so that together they do not take more than the
 * free capacity: what one app takes, the next no longer finds. Apps that
 * already run come first, then those with the fewest clusters to choose from,
 * then by name.
 *
 * Decisions by the name of the app. Each one is what `decideWithRetention`
 * returns once the apps before it are placed.
 */
export function decideBatch(
  { apps, clusters }: BatchInput,
  now: Date,
): Map<string, PlacementDecision> {
  const capacities = new Map(
    clusters.map(cluster => [cluster.name, { ...cluster }]),
  );
  const counts: Record<string, number> = {};
  for (const { previous } of apps)
    for (const cluster of previous) count(counts, cluster, 1);

  const decisions = new Map<string, PlacementDecision>();
  for (const app of inOrder({ apps, clusters }, now)) {
    app.previous.forEach(cluster => count(counts, cluster, -1));
    const decision = decideWithRetention(
      { ...app, clusters: [...capacities.values()], others: counts },
      now,
    );
    decisions.set(app.name, decision);
    for (const cluster of decision.chosen) count(counts, cluster, 1);
    takeCapacity(capacities, app, decision);
  }
  return decisions;
}

/** Apps with fewer possible clusters come first. */
function inOrder({ apps, clusters }: BatchInput, now: Date): BatchApp[] {
  const choices = new Map(
    apps.map(app => [
      app.name,
      countPlaces(
        {
          ...app,
          clusters: [...clusters],
          absentFrom: app.failovers?.map(({ cluster }) => cluster),
        },
        now,
      ),
    ]),
  );
  const isNew = ({ previous }: BatchApp) => (previous.length > 0 ? 0 : 1);
  return [...apps].sort(
    (a, b) =>
      isNew(a) - isNew(b) ||
      (choices.get(a.name) ?? 0) - (choices.get(b.name) ?? 0) ||
      compareText(a.name, b.name),
  );
}

/** Updates the free capacity: kept clusters keep theirs, left ones free it, new ones take it. */
function takeCapacity(
  capacities: Map<string, ClusterFacts>,
  { needs, needsOn, previous, previousReplicas }: BatchApp,
  { chosen, verdicts }: PlacementDecision,
): void {
  const shares = new Map(
    verdicts.map(({ cluster, replicas = 1 }) => [cluster, replicas]),
  );
  for (const cluster of new Set([...previous, ...chosen])) {
    const before = previous.includes(cluster)
      ? previousReplicas?.[cluster] ?? 1
      : 0;
    const after = chosen.includes(cluster) ? shares.get(cluster) ?? 1 : 0;
    if (before !== after)
      changeCapacity(
        capacities,
        cluster,
        needsOn?.[cluster] ?? needs ?? {},
        before - after,
      );
  }
}

function changeCapacity(
  capacities: Map<string, ClusterFacts>,
  name: string,
  needs: ResourceAmounts,
  replicas: number,
): void {
  const cluster = capacities.get(name);
  if (cluster?.free === undefined) return;
  const free = { ...cluster.free };
  for (const resource of ['cpuMillicores', 'memoryBytes', 'pods'] as const) {
    const capacity = free[resource];
    if (capacity !== undefined)
      free[resource] = capacity + replicas * (needs[resource] ?? 0);
  }
  capacities.set(name, { ...cluster, free });
}

function count(
  counts: Record<string, number>,
  cluster: string,
  by: number,
): void {
  counts[cluster] = (counts[cluster] ?? 0) + by;
}

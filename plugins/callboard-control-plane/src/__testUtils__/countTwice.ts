import type { V1Pod } from '@kubernetes/client-node';
import {
  type App,
  type DeploymentView,
  type AppEnvironment,
  type Cluster,
  type FleetSummary,
  type KubeObject,
  LABELS,
  type PlacementAnswer,
  type RolloutAnswer,
  type WhatIfReport,
} from '@callboard/plugin-callboard-common';
import {
  membersOf,
  needsAttention,
  readAs,
} from '@callboard/plugin-callboard-core';
import {
  type Amounts,
  addAmounts,
  readAmounts,
} from '../reconcile/observing/amounts';
import { fieldOf, listOf } from '../reconcile/observing/fields';

/*
 * The numbers of the API's answers, counted a second way: from other answers, or
 * from the objects of a cluster. Each returns `[as answered, as counted]`.
 */
export type Twice<T = unknown> = [answered: T, counted: T];

/** The fleet in numbers against its lists. */
export function countFleet(
  summary: FleetSummary,
  { clusters, apps }: { clusters: readonly Cluster[]; apps: readonly App[] },
): Twice {
  const seen = (freshness: Cluster['freshness']) =>
    clusters.filter(cluster => cluster.freshness === freshness).length;
  return [
    { clusters: summary.clusters, apps: summary.apps },
    {
      clusters: {
        total: clusters.length,
        live: seen('live'),
        stale: seen('stale'),
        unreachable: seen('unreachable'),
      },
      apps: {
        total: new Set(apps.map(({ name }) => name)).size,
        needAttention: apps.filter(needsAttention).length,
      },
    },
  ];
}

/** What runs on a cluster by its own page against the pages of all apps: `app environment`, sorted. */
export function countAppsOn(
  { name, apps: here }: Cluster,
  apps: readonly App[],
): Twice<string[]> {
  const placed = apps.flatMap(app =>
    app.environments
      .filter(({ clusters }) => clusters.some(each => each.cluster === name))
      .map(environment => `${app.name} ${environment.name}`),
  );
  return [
    here.map(({ app, environment }) => `${app} ${environment}`).sort(),
    placed.sort(),
  ];
}

/** What is requested of a cluster against its pods, no matter who made them, that a node took and that have not ended. */
export function countRequests(
  cluster: Cluster,
  objects: readonly KubeObject[],
): Twice<Amounts | undefined> {
  const pods = objects.filter(
    ({ kind, spec, status }) =>
      kind === 'Pod' &&
      fieldOf(spec, 'nodeName') !== undefined &&
      !['Succeeded', 'Failed'].includes(String(fieldOf(status, 'phase'))),
  );
  const requests = pods.flatMap(pod =>
    membersOf(readAs<V1Pod>(pod).spec?.containers).map(({ resources }) =>
      readAmounts(resources?.requests),
    ),
  );
  return [cluster.requested, { ...addAmounts(requests), pods: pods.length }];
}

/** Apps that are affected and that stay, against all apps that were asked about: each once. */
export function countWhatIf(
  { affected, stay }: { affected: string[]; stay: string[] },
  { moves, shortages, lostSpread, stays }: WhatIfReport,
): Twice<string[]> {
  const reported = [...moves, ...shortages, ...lostSpread, ...stays];
  return [
    [...affected, ...stay].sort(),
    [...new Set(reported.map(({ app }) => app))].sort(),
  ];
}

/** How far a rollout is by itself against the clusters of its environment and its own cells. */
export function countRollout(
  rollout: RolloutAnswer,
  { clusters }: AppEnvironment,
): Twice {
  const cells = rollout.waves.flatMap(wave => wave.cells);
  const { reached, clusterCount, wave, waveCount } = rollout;
  const begun = rollout.waves.filter(each =>
    each.cells.some(({ state }) => state !== 'to-apply'),
  ).length;
  return [
    { reached, clusterCount, waveCount, wave },
    {
      // A roll-back goes to the clusters alone that have left.
      reached: clusters.filter(
        ({ cluster, release, sync }) =>
          cells.some(cell => cell.cluster === cluster) &&
          release === rollout.release &&
          sync === 'Synced',
      ).length,
      clusterCount: cells.length,
      waveCount: rollout.waves.length,
      wave: begun,
    },
  ];
}

/** Instances of an app on a cluster against its Deployments and the pods of the wanted release that are ready. */
export function countInstances(
  { instances, desiredRelease }: DeploymentView,
  objects: readonly KubeObject[],
  of: { app: string; environment: string },
): Twice<{ ready: number; wanted: number }> {
  const own = objects.filter(
    ({ metadata: { labels } }) =>
      labels?.[LABELS.app] === of.app &&
      labels?.[LABELS.environment] === of.environment,
  );
  const ready = own.filter(
    ({ kind, metadata, status }) =>
      kind === 'Pod' &&
      metadata.labels?.[LABELS.release] === String(desiredRelease) &&
      listOf(fieldOf(status, 'conditions')).some(
        condition =>
          fieldOf(condition, 'type') === 'Ready' &&
          fieldOf(condition, 'status') === 'True',
      ),
  );
  const wanted = own
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ spec }) => Number(fieldOf(spec, 'replicas') ?? 1));
  return [
    instances,
    {
      ready: ready.length,
      wanted: wanted.reduce((sum, replicas) => sum + replicas, 0),
    },
  ];
}

/** On how many clusters an app is placed by its page against the verdicts of its placement. */
export function countPlacement(
  { placement, clusters }: AppEnvironment,
  { verdicts }: PlacementAnswer,
): Twice {
  const chosen = verdicts
    .filter(({ verdict }) => verdict === 'chosen')
    .map(({ cluster }) => cluster);
  return [
    [placement?.chosen, clusters.map(({ cluster }) => cluster).sort()],
    [chosen.length, chosen.sort()],
  ];
}

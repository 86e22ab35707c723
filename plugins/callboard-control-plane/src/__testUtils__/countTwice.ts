import {
  type App,
  type Cluster,
  type FleetSummary,
  type KubeObject,
  type WhatIfReport,
} from '@callboard/plugin-callboard-common';
import { needsAttention } from '@callboard/plugin-callboard-core';
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

/** What is requested of a cluster against its pods, whoever made them, that a node took and that have not ended. */
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
  const requests = pods.flatMap(({ spec }) =>
    listOf(fieldOf(spec, 'containers')).map(container =>
      readAmounts(fieldOf(fieldOf(container, 'resources'), 'requests')),
    ),
  );
  return [cluster.requested, { ...addAmounts(requests), pods: pods.length }];
}

/** Apps that are affected and that stay, against all apps that were asked about: each once. */
export function countWhatIf(
  { affected, stay }: { affected: string[]; stay: string[] },
  { moves, noRoom, lostSpread, stays }: WhatIfReport,
): Twice<string[]> {
  const told = [...moves, ...noRoom, ...lostSpread, ...stays];
  return [
    [...affected, ...stay].sort(),
    [...new Set(told.map(({ app }) => app))].sort(),
  ];
}

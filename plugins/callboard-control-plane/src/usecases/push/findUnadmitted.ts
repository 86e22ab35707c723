import type {
  AppFile,
  ClusterFacts,
  Problem,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import {
  type ResolvedEnvironment,
  demandsOf,
  describeNeverAdmitted,
  dividesReplicas,
  fillAmounts,
  findNeverAdmitted,
  needsOf,
  replicasFor,
  workloadsOn,
} from '@callboard/plugin-callboard-core';
import { atVersions } from '../../reconcile/blueprints/atVersion';
import { factsOf } from '../../reconcile/placing/clusterFacts';
import type { FactReader } from '../../reconcile/roles';
import { findClusterFacts, findClusters } from '../../store';

/** The problem of an app that violates the guard rails of all clusters of an environment. */
export function findUnadmitted(
  environment: ResolvedEnvironment,
  {
    app,
    workloads,
    deploy,
    renderer,
  }: {
    app: string;
    workloads: readonly ScoreWorkload[];
    deploy: AppFile['spec']['deploy'];
    renderer: number;
  },
  { clusters, now }: { clusters: readonly ClusterFacts[]; now: Date },
): Problem | undefined {
  const { placement, requires, title } = environment;
  const on = ({ labels }: ClusterFacts) =>
    workloadsOn({ workloads, renderer }, environment, labels) ?? workloads;
  const found = findNeverAdmitted(
    {
      spec: placement,
      requires,
      demandsOn: cluster =>
        demandsOf({ workloads: on(cluster), deploy, renderer }),
      ...(!dividesReplicas(placement) && {
        needsOn: cluster =>
          needsOf(
            on(cluster).map(each => fillAmounts(each, renderer)),
            replicasFor(environment, cluster.labels),
          ),
      }),
    },
    clusters,
    now,
  );
  return found && describeNeverAdmitted(found, { app, environment: title });
}

/** Clusters by name, labels, taints and size, independent of their current state. */
export async function readSizes({
  knex,
  platform,
}: FactReader['deps']): Promise<ClusterFacts[]> {
  const says = await findClusterFacts(knex);
  const clusters = await atVersions(knex, await findClusters(knex));
  return clusters.map(cluster =>
    factsOf(cluster, {
      freshness: 'live',
      says: says.get(cluster.name),
      blueprints: platform.blueprints,
      clusterSets: platform.clusterSets,
    }),
  );
}

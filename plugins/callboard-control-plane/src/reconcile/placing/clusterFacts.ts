import { resolveBlueprint, setsOf } from '@callboard/plugin-callboard-core';
import {
  type BlueprintFile,
  type ClusterFacts,
  type ClusterSetFile,
  type Freshness,
  type ResourceAmounts,
  blueprintOfCluster,
} from '@callboard/plugin-callboard-common';
import type {
  ClusterFactsRecord,
  ClusterRecord,
  ClusterSchedulingRecord,
} from '../../store';

/** Returns the facts of a cluster for placement: its file, and what the cluster reports. */
export function factsOf(
  cluster: ClusterRecord,
  known: {
    freshness: Freshness;
    observedAt?: Date;
    /** Since when it has not answered. */
    silentSince?: Date;
    scheduling?: ClusterSchedulingRecord;
    /** Free capacity that is not promised to any app. */
    free?: ResourceAmounts;
    says?: ClusterFactsRecord;
    blueprints: readonly BlueprintFile[];
    /** Cluster sets, to which clusters belong by their labels. */
    clusterSets?: readonly ClusterSetFile[];
  },
): ClusterFacts {
  const { metadata, spec } = cluster.file;
  const { freshness, observedAt, silentSince, says, blueprints } = known;
  const { scheduling, free, clusterSets = [] } = known;
  const sets = setsOf(cluster.file, clusterSets);
  const blueprint =
    spec.blueprint === undefined
      ? undefined
      : resolveBlueprint(blueprints, spec.blueprint);
  return {
    name: cluster.name,
    labels: metadata.labels ?? {},
    claims: {
      ...(says?.version !== undefined && { version: says.version }),
      ...spec.claims,
    },
    ...(spec.clusterSet !== undefined && { clusterSet: spec.clusterSet }),
    ...(sets.some(set => set !== spec.clusterSet) && { clusterSets: sets }),
    taints: spec.taints ?? [],
    freshness,
    ...(observedAt && { observedAt: observedAt.toISOString() }),
    ...(silentSince && { silentSince: silentSince.toISOString() }),
    ...(scheduling && {
      cordoned: true,
      draining: scheduling.mode === 'draining',
    }),
    ...(free && { free }),
    ...(blueprint?.ok === false && {
      unknownBlueprint: blueprintOfCluster(cluster.file)?.name,
    }),
    ...(blueprint?.ok && {
      blueprint: {
        name: blueprint.value.name,
        version: blueprint.value.version,
        state: blueprint.value.state,
        inherits: blueprint.value.inherits,
        ...(Object.keys(blueprint.value.apps).length > 0 && {
          apps: blueprint.value.apps,
        }),
      },
    }),
    ...(says && { capacity: says.capacity, allocatable: says.allocatable }),
  };
}

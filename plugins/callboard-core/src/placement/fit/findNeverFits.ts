import type {
  ClusterFacts,
  NodeAmounts,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';
import { type InstanceNeeds, largestInstance } from '../../environment';
import { createEvaluator } from '../cel';
import { judgeCluster } from '../judgeCluster';
import { findNodeShortages } from './findNodeShortages';
import { inClusterSet } from '../rules/inClusterSet';
import { requiredSelectors } from '../rules/requiredSelectors';
import { toleratesTaints } from '../rules/toleratesTaints';

const SELECTING_RULES = [inClusterSet, requiredSelectors, toleratesTaints];

const OF_A_CLUSTER = ['memoryBytes', 'cpuMillicores'] as const;

/** A need that exceeds every cluster of an environment, even an empty one. */
export interface NeverFits {
  resource: keyof NodeAmounts;
  needed: number;
  /** The largest amount that any of the clusters has, and the cluster. */
  largest: number;
  cluster: string;
  /** `node`: one instance requests more than the largest node has; `cluster`: all instances together do. */
  of: 'node' | 'cluster';
  /** Workload of the instance; absent for all together. */
  workload?: string;
}

/** An app's requirements on the clusters of an environment. */
export interface FitQuestion {
  spec: PlacementSpec;
  instances: readonly InstanceNeeds[];
  /** Instances of each workload on a cluster, where every cluster runs all; absent where they are divided. */
  replicasOn?(cluster: ClusterFacts): number;
  /** Instances on clusters where they differ from `instances`. */
  instancesOn?(cluster: ClusterFacts): readonly InstanceNeeds[] | undefined;
}

/**
 * Finds what keeps an app off every cluster that the environment selects, even
 * if nothing else ran there; undefined as long as one cluster may hold it.
 *
 * A cluster of unknown size may hold anything. Freshness, cordons, blueprints
 * and used capacity do not count: they change.
 */
export function findNeverFits(
  { spec, instances: everywhere, replicasOn, instancesOn }: FitQuestion,
  clusters: readonly ClusterFacts[],
  now: Date,
): NeverFits | undefined {
  const { evaluate } = createEvaluator(spec);
  const selected = clusters.filter(
    cluster =>
      judgeCluster(cluster, SELECTING_RULES, {
        spec,
        held: false,
        now,
        evaluate,
      }).kind === 'fits',
  );
  const shortages = selected.map(cluster => {
    const instances = instancesOn?.(cluster) ?? everywhere;
    return (
      findNodeShortage(cluster, instances) ??
      (replicasOn &&
        findClusterShortage(cluster, instances, replicasOn(cluster)))
    );
  });
  if (shortages.some(shortage => shortage === undefined)) return undefined;
  // the cluster with the smallest shortage gives the limit
  return shortages
    .flatMap(shortage => shortage ?? [])
    .sort(
      (a, b) =>
        a.needed / a.largest - b.needed / b.largest ||
        (a.cluster < b.cluster ? -1 : 1),
    )
    .at(0);
}

function findNodeShortage(
  { name, capacity }: ClusterFacts,
  instances: readonly InstanceNeeds[],
): NeverFits | undefined {
  const [shortage] = findNodeShortages(largestInstance(instances), capacity);
  if (!shortage) return undefined;
  const { resource, largest } = shortage;
  const instance = instances.find(needs => needs[resource] > largest);
  return (
    instance && {
      resource,
      needed: instance[resource],
      largest,
      cluster: name,
      of: 'node',
      workload: instance.workload,
    }
  );
}

function findClusterShortage(
  { name, capacity }: ClusterFacts,
  instances: readonly InstanceNeeds[],
  replicas: number,
): NeverFits | undefined {
  for (const resource of OF_A_CLUSTER) {
    const isKnown = capacity?.largestNode?.[resource] !== undefined; // of every node
    const largest = isKnown ? capacity[resource] : undefined;
    const needed =
      instances.reduce((sum, each) => sum + each[resource], 0) * replicas;
    if (largest !== undefined && needed > largest)
      return { resource, needed, largest, cluster: name, of: 'cluster' };
  }
  return undefined;
}

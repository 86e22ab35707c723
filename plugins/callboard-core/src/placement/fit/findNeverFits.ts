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

/** What no cluster of an environment can ever give, however empty it is. */
export interface NeverFits {
  resource: keyof NodeAmounts;
  needed: number;
  /** The most that any of the clusters gives, and which one. */
  largest: number;
  cluster: string;
  /** `node`: one instance asks for more than the largest node has; `cluster`: all instances together. */
  of: 'node' | 'cluster';
  /** Whose instance it is; absent for all together. */
  workload?: string;
}

/** What an app asks of the clusters of an environment. */
export interface FitQuestion {
  spec: PlacementSpec;
  instances: readonly InstanceNeeds[];
  /** Instances of each workload on a cluster, where all of them go there; absent where they are divided. */
  replicasOn?(cluster: ClusterFacts): number;
  /** On a cluster where they are otherwise than `instances`. */
  instancesOn?(cluster: ClusterFacts): readonly InstanceNeeds[] | undefined;
}

/**
 * What keeps an app from every cluster that the environment selects, whatever
 * else runs there: undefined as long as one of them may hold it.
 *
 * A cluster whose size is not known may hold anything. Freshness, cordons,
 * blueprints and capacity that is taken do not count: they pass.
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
  // the cluster that comes nearest says how large it may be
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

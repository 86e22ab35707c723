import type {
  ClusterFacts,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';
import { ADMITS, type PlacementRule } from '../types';

/** The cluster belongs to one of the cluster sets that the placement names; without any, all belong. */
export const inClusterSet: PlacementRule = {
  name: 'in-cluster-set',
  judge(cluster, { spec }) {
    if (isInClusterSet(cluster, spec)) return ADMITS;
    const wanted = spec.clusterSets ?? [];
    const actual = setsOf(cluster);
    return {
      kind: 'refuses',
      reasons: [
        { rule: 'in-cluster-set', facts: { actual, wanted: [...wanted] } },
      ],
      fixes: wanted.map(set => [{ rule: 'join-cluster-set', facts: { set } }]),
    };
  },
};

export function isInClusterSet(
  cluster: ClusterFacts,
  { clusterSets: wanted = [] }: Pick<PlacementSpec, 'clusterSets'>,
): boolean {
  const actual = setsOf(cluster);
  return wanted.length === 0 || wanted.some(set => actual.includes(set));
}

function setsOf(cluster: ClusterFacts): string[] {
  if (cluster.clusterSets !== undefined) return cluster.clusterSets;
  return cluster.clusterSet === undefined ? [] : [cluster.clusterSet];
}

import type {
  ClusterPredicate,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';

/** Returns whether a placement selects clusters: each of its alternatives requires something. */
export function selectsClusters({
  predicates = [],
  clusterSets = [],
}: PlacementSpec): boolean {
  return (
    clusterSets.length > 0 || (predicates.length > 0 && predicates.every(asks))
  );
}

function asks({ requiredClusterSelector = {} }: ClusterPredicate): boolean {
  const {
    labelSelector = {},
    claimSelector = {},
    celSelector = {},
  } = requiredClusterSelector;
  return (
    Object.keys(labelSelector.matchLabels ?? {}).length > 0 ||
    (labelSelector.matchExpressions ?? []).length > 0 ||
    (claimSelector.matchExpressions ?? []).length > 0 ||
    (celSelector.celExpressions ?? []).length > 0
  );
}

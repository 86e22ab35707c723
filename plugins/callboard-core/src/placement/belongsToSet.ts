import type {
  ClusterFile,
  ClusterSetFile,
} from '@callboard/plugin-callboard-common';
import { matchesSelector } from './selectors';

/**
 * Whether a cluster of these labels is in the set by its selector. A set
 * without one has only the clusters that name it.
 */
export function belongsToSet(
  labels: Record<string, string>,
  { spec }: ClusterSetFile,
): boolean {
  return (
    spec.clusterSelector !== undefined &&
    matchesSelector(spec.clusterSelector, labels)
  );
}

/** Names of all sets that a cluster belongs to: the one it names, and those whose selector it meets. */
export function setsOf(
  { metadata: { labels = {} }, spec: { clusterSet } }: ClusterFile,
  sets: readonly ClusterSetFile[],
): string[] {
  return [
    ...new Set([
      ...(clusterSet === undefined ? [] : [clusterSet]),
      ...sets
        .filter(set => belongsToSet(labels, set))
        .map(({ metadata }) => metadata.name),
    ]),
  ];
}

import type {
  ClusterFile,
  ClusterSetFile,
} from '@callboard/plugin-callboard-common';
import { matchesSelector } from './selectors';

/**
 * Returns whether a cluster with these labels is in the set by its selector. A
 * set without a selector has only the clusters that name it.
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

/** Returns the names of all sets of a cluster: the one it names, and those whose selector it meets. */
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

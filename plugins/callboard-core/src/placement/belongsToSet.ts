import type { ClusterSetFile } from '@callboard/plugin-callboard-common';
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

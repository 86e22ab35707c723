import type {
  ClusterFacts,
  ClusterAmounts,
} from '@callboard/plugin-callboard-common';
import type { Prioritizer } from './types';

/**
 * Scores by allocatable amount, from -100 for the least to 100 for the most
 * among the fitting clusters.
 *
 * Source: open-cluster-management.io/ocm pkg/placement/plugins/resource (1.0).
 */
export function mostAllocatable(
  read: (amounts: ClusterAmounts) => number | undefined,
): Prioritizer {
  return clusters => {
    const amounts = clusters.map(cluster => amountOf(cluster, read));
    const known = amounts.filter(
      (amount): amount is number => amount !== undefined,
    );
    const least = Math.min(...known);
    const range = Math.max(...known) - least;
    return amounts.map(amount => {
      if (amount === undefined) return 0;
      return range === 0
        ? 100
        : Math.trunc(((amount - least) / range - 0.5) * 2 * 100) + 0;
    });
  };
}

export function readCpu({
  cpuCores,
  cpuMillicores,
}: ClusterAmounts): number | undefined {
  return cpuCores ?? cpuMillicores;
}

export function readMemory({
  memoryBytes,
}: ClusterAmounts): number | undefined {
  return memoryBytes;
}

/** Undefined unless the cluster reports both its capacity and its allocatable amount. */
function amountOf(
  { allocatable = {}, capacity = {} }: ClusterFacts,
  read: (amounts: ClusterAmounts) => number | undefined,
): number | undefined {
  return read(capacity) === undefined ? undefined : read(allocatable);
}

import type {
  ClusterFacts,
  ClusterAmounts,
} from '@callboard/plugin-callboard-common';
import type { Prioritizer } from './types';

/**
 * The more is allocatable, the better, between -100 and 100 for the least and the most among those that fit.
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

/** Undefined where the cluster does not say both what it has and what may be used. */
function amountOf(
  { allocatable = {}, capacity = {} }: ClusterFacts,
  read: (amounts: ClusterAmounts) => number | undefined,
): number | undefined {
  return read(capacity) === undefined ? undefined : read(allocatable);
}

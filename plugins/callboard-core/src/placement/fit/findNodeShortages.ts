import type {
  ClusterAmounts,
  NodeAmounts,
} from '@callboard/plugin-callboard-common';

/** Resources of a node, in the order in which shortages are reported. */
const OF_A_NODE = [
  'memoryBytes',
  'cpuMillicores',
  'ephemeralStorageBytes',
] as const;

export interface NodeShortage {
  resource: keyof NodeAmounts;
  needed: number;
  /** Amount of the largest node. */
  largest: number;
}

/**
 * Finds resources of which an instance requests more than the largest node of a
 * cluster has: no node can ever run it, however much is free in all. Where the
 * size of the nodes is not known, nothing is short.
 */
export function findNodeShortages(
  instance: NodeAmounts,
  size: ClusterAmounts | undefined,
): NodeShortage[] {
  return OF_A_NODE.flatMap(resource => {
    const needed = instance[resource] ?? 0;
    const largest = size?.largestNode?.[resource];
    return largest !== undefined && needed > largest
      ? [{ resource, needed, largest }]
      : [];
  });
}

import type {
  ClusterAmounts,
  NodeAmounts,
} from '@callboard/plugin-callboard-common';

/** Resources that a node gives, in the order in which a shortage is told. */
const OF_A_NODE = [
  'memoryBytes',
  'cpuMillicores',
  'ephemeralStorageBytes',
] as const;

export interface NodeShortage {
  resource: keyof NodeAmounts;
  needed: number;
  /** What the largest node has. */
  largest: number;
}

/**
 * Resources of which an instance asks for more than the largest node of a
 * cluster has: no node can ever run it, however much is free on all together.
 * Where the size of the nodes is not known, nothing is short.
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

import type { ResourceAmounts } from '@callboard/plugin-callboard-common';

/**
 * Returns a cluster's offered amounts less those taken. Never below zero: an
 * overcommitted cluster has no free capacity.
 */
export function freeCapacity(
  offered: ResourceAmounts,
  taken: ResourceAmounts = {},
): Required<ResourceAmounts> {
  const left = (resource: keyof ResourceAmounts) =>
    Math.max(0, (offered[resource] ?? 0) - (taken[resource] ?? 0));
  return {
    cpuMillicores: left('cpuMillicores'),
    memoryBytes: left('memoryBytes'),
    pods: left('pods'),
  };
}

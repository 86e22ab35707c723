import type { ResourceAmounts } from '@callboard/plugin-callboard-common';

/**
 * What is left of what a cluster offers after what is taken of it. Never below
 * zero: a cluster on which more was promised than it has gives nothing.
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

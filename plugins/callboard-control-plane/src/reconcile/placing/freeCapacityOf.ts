import { freeCapacity } from '@callboard/plugin-callboard-core';
import type { ResourceAmounts } from '@callboard/plugin-callboard-common';
import type { ClusterFactsRecord } from '../../store';
import { addAmounts, NO_AMOUNTS } from '../observing/amounts';

/**
 * Returns the free capacity of a cluster: of the promised and the requested
 * amounts the larger counts. Promised includes what is on its way; requested
 * also includes what is still terminating, and the blueprint. Requests of
 * foreign pods are always deducted. Unknown where no node was seen.
 */
export function freeCapacityOf(
  {
    nodes,
    allocatable,
    requested,
    requestedByOthers = NO_AMOUNTS,
  }: ClusterFactsRecord,
  promised: Required<ResourceAmounts> = NO_AMOUNTS,
): ResourceAmounts | undefined {
  if (nodes.total === 0) return undefined;
  const ours = {
    cpuMillicores: Math.max(requested.cpuMillicores, promised.cpuMillicores),
    memoryBytes: Math.max(requested.memoryBytes, promised.memoryBytes),
    pods: Math.max(requested.pods, promised.pods),
  };
  return freeCapacity(allocatable, addAmounts([ours, requestedByOthers]));
}

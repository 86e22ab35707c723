import { freeCapacity } from '@callboard/plugin-callboard-core';
import type { ResourceAmounts } from '@callboard/plugin-callboard-common';
import type { ClusterFactsRecord } from '../../store';
import { addAmounts, NO_AMOUNTS } from '../observing/amounts';

/**
 * What is left of a cluster: of what is promised and what is really asked for
 * there the larger counts. Promised is what is on its way; asked for is also what
 * is still terminating, and what the blueprint takes. What pods of others take is
 * gone in any case. Unknown where no node was seen.
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

import {
  milliValueOf,
  parseQuantity,
  type Quantity,
  subtract,
  valueOf,
} from '../quantity';
import { countByGrades } from './countByGrades';
import type { KarmadaCluster, KarmadaWorkload, ResourceSummary } from './types';

/**
 * Estimates how many more replicas of the workload the cluster has capacity
 * for: by the sizes of its nodes where it reports them, else by its sums.
 *
 * Source: karmada-io/karmada pkg/estimator/client/general.go (1.16). A cluster
 * that reports no resources, or lacks one the workload requests, has no
 * capacity.
 */
export function estimateAvailableReplicas(
  { resources, grades }: KarmadaCluster,
  workload: KarmadaWorkload,
): number {
  if (resources === undefined) return 0;
  const { requests } = workload;
  let capacity = Math.max(0, podsLeft(resources));
  const byGrades = grades && countByGrades(grades, workload);
  if (byGrades !== undefined) return Math.min(capacity, byGrades);
  for (const [resource, wanted] of Object.entries(requests)) {
    if (wanted <= 0 || capacity === 0) continue;
    capacity = Math.min(
      capacity,
      Math.floor(freeAmount(resources, resource) / wanted),
    );
  }
  return capacity;
}

function podsLeft({
  allocatable,
  allocated,
  allocating,
}: ResourceSummary): number {
  const pods = (amounts: Record<string, unknown>) => {
    const quantity = parseQuantity(amounts.pods);
    return quantity ? valueOf(quantity) : 0;
  };
  return pods(allocatable) - pods(allocated) - pods(allocating);
}

/** In the units of requests; 0 when there is nothing left. */
function freeAmount(
  { allocatable, allocated, allocating }: ResourceSummary,
  resource: string,
): number {
  let free = quantityIn(allocatable, resource);
  if (free === undefined) return 0;
  for (const used of [allocated, allocating]) {
    const quantity = quantityIn(used, resource);
    if (quantity) free = subtract(free, quantity);
  }
  if (valueOf(free) <= 0) return 0;
  return resource === 'cpu' ? milliValueOf(free) : valueOf(free);
}

function quantityIn(
  amounts: Record<string, unknown>,
  resource: string,
): Quantity | undefined {
  return Object.prototype.hasOwnProperty.call(amounts, resource)
    ? parseQuantity(amounts[resource])
    : undefined;
}

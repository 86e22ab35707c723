import type { PlacementSpec } from '@callboard/plugin-callboard-common';
import { readDivision } from '../karmada/readKarmadaPolicy';

/** Whether replicas are divided over the clusters, rather than all of them on each. */
export function dividesReplicas({
  replicaScheduling,
}: Pick<PlacementSpec, 'replicaScheduling'>): boolean {
  return readDivision(replicaScheduling).kind !== 'duplicated';
}

/** Whether weights alone say how many replicas a cluster gets; capacity does not matter then. */
export function isDividedByWeight({
  replicaScheduling,
}: Pick<PlacementSpec, 'replicaScheduling'>): boolean {
  return readDivision(replicaScheduling).kind === 'static';
}

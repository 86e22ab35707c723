import type { PlacementSpec } from '@callboard/plugin-callboard-common';
import { readDivision } from '../karmada/readKarmadaPolicy';

/** Returns whether replicas are divided over the clusters, instead of all of them on each. */
export function dividesReplicas({
  replicaScheduling,
}: Pick<PlacementSpec, 'replicaScheduling'>): boolean {
  return readDivision(replicaScheduling).kind !== 'duplicated';
}

/** Returns whether weights alone decide how many replicas a cluster gets; capacity does not matter then. */
export function isDividedByWeight({
  replicaScheduling,
}: Pick<PlacementSpec, 'replicaScheduling'>): boolean {
  return readDivision(replicaScheduling).kind === 'static';
}

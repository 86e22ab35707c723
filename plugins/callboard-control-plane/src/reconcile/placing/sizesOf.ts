import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import { replicasOf } from '@callboard/plugin-callboard-core';
import type { EnvironmentOperationRecord } from '../../store';

/** Desired replicas in a stopped environment: a running workload has at least one. */
export const STOPPED_REPLICAS = 0;

/**
 * Returns the replicas of each workload on each cluster of a placement, where
 * they differ from the files: divided over the clusters, scaled by hand, or
 * none where the environment is stopped. Pure.
 */
export function sizesOf(
  decision: Pick<PlacementDecision, 'chosen' | 'verdicts'>,
  operation: Pick<EnvironmentOperationRecord, 'state' | 'replicas'> | undefined,
): Map<string, number> {
  if (operation?.state === 'stopped')
    return new Map(decision.chosen.map(cluster => [cluster, STOPPED_REPLICAS]));
  const divided = replicasOf(decision);
  if (divided.size > 0 || operation?.replicas === undefined) return divided;
  const { replicas } = operation;
  return new Map(decision.chosen.map(cluster => [cluster, replicas]));
}

import {
  replicasOf,
  countWantedReplicas,
  describePlacementState,
  findMisconfigured,
} from '@callboard/plugin-callboard-core';
import type { PlacementRecord } from '../../store';

/**
 * Describes the placement of an environment in one sentence. Pure.
 *
 * @param title - display name of the environment
 * @param planned - nothing was released there yet, so it runs nowhere
 */
export function sayPlacement(
  decision: PlacementRecord['decision'],
  title: string,
  { planned = false } = {},
): string {
  const { satisfied, wanted, chosen } = decision;
  const replicas = countWantedReplicas(decision);
  const misconfigured = findMisconfigured(decision);
  return describePlacementState({
    environment: title,
    satisfied,
    ...(wanted !== undefined && { wanted }),
    chosen,
    ...(replicas !== undefined && {
      replicas: { wanted: replicas, on: replicasOf(decision) },
    }),
    ...(misconfigured && { misconfigured }),
    ...(planned && { planned }),
  });
}

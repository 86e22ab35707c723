import {
  describePlacementState,
  findMisconfigured,
} from '@callboard/plugin-callboard-core';
import type { PlacementRecord } from '../../store';

/** Where an environment is placed, as one sentence. Pure. */
export function sayPlacement({
  environment,
  decision,
}: Pick<PlacementRecord, 'environment' | 'decision'>): string {
  const { satisfied, wanted, chosen } = decision;
  const misconfigured = findMisconfigured(decision);
  return describePlacementState({
    environment,
    satisfied,
    ...(wanted !== undefined && { wanted }),
    chosen,
    ...(misconfigured && { misconfigured }),
  });
}

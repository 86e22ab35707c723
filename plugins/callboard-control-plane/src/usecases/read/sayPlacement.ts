import {
  copiesOf,
  countWantedCopies,
  describePlacementState,
  findMisconfigured,
} from '@callboard/plugin-callboard-core';
import type { PlacementRecord } from '../../store';

/**
 * Where an environment is placed, as one sentence. Pure.
 *
 * @param planned - nothing was released there yet, so it runs nowhere
 */
export function sayPlacement(
  { environment, decision }: Pick<PlacementRecord, 'environment' | 'decision'>,
  { planned = false } = {},
): string {
  const { satisfied, wanted, chosen } = decision;
  const copies = countWantedCopies(decision);
  const misconfigured = findMisconfigured(decision);
  return describePlacementState({
    environment,
    satisfied,
    ...(wanted !== undefined && { wanted }),
    chosen,
    ...(copies !== undefined && {
      copies: { wanted: copies, on: copiesOf(decision) },
    }),
    ...(misconfigured && { misconfigured }),
    ...(planned && { planned }),
  });
}

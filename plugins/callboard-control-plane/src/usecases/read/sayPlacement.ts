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
 * @param title - what people call the environment
 * @param planned - nothing was released there yet, so it runs nowhere
 */
export function sayPlacement(
  decision: PlacementRecord['decision'],
  title: string,
  { planned = false } = {},
): string {
  const { satisfied, wanted, chosen } = decision;
  const copies = countWantedCopies(decision);
  const misconfigured = findMisconfigured(decision);
  return describePlacementState({
    environment: title,
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

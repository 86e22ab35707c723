import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import { decideByProfile } from './decideByProfile';
import { PLACEMENT_RULES } from './rules';
import type { PlacementInput, PlacementProfile } from './types';

/** How our own placements decide: what runs stays where it runs, and spread is kept. */
const CALLBOARD: PlacementProfile = {
  rules: PLACEMENT_RULES,
  staysPut: true,
  keepsSpread: true,
};

/**
 * Decides on which clusters an app runs, with its whole working: one verdict for every cluster.
 *
 * Clusters where it ran before stay while they fit (rule stay-put). Where fewer
 * fit than wanted it takes those, and `satisfied` is false. A placement that
 * makes no sense chooses nothing and says why. Never looks at health.
 */
export function decidePlacement(
  input: PlacementInput,
  now: Date,
): PlacementDecision {
  return decideByProfile(input, CALLBOARD, now);
}

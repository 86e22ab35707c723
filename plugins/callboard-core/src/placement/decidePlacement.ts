import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import { decideByProfile } from './decideByProfile';
import { PLACEMENT_RULES } from './rules';
import type { PlacementInput, PlacementProfile } from './types';

/** Profile of our own placements: running apps stay on their clusters, and spread is enforced. */
const CALLBOARD: PlacementProfile = {
  rules: PLACEMENT_RULES,
  staysPut: true,
  keepsSpread: true,
};

/**
 * Decides on which clusters an app runs, with one verdict and its reasons for
 * every cluster.
 *
 * Clusters where it ran before stay while they fit (rule stay-put). Where fewer
 * fit than desired it takes those, and `satisfied` is false. A misconfigured
 * placement chooses nothing and reports why. Never considers health.
 */
export function decidePlacement(
  input: PlacementInput,
  now: Date,
): PlacementDecision {
  return decideByProfile(input, CALLBOARD, now);
}

import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import { decideByProfile } from '../decideByProfile';
import { OCM_RULES } from '../rules';
import type { PlacementInput, PlacementProfile } from '../types';

/** How Open Cluster Management 1.0 decides: by score alone, spread declared but read by nobody. */
const OCM: PlacementProfile = {
  rules: OCM_RULES,
  staysPut: false,
  keepsSpread: false,
};

/** The decision Open Cluster Management takes on its own Placement, with our working. */
export function decideOcmPlacement(
  input: PlacementInput,
  now: Date,
): PlacementDecision {
  return decideByProfile(input, OCM, now);
}

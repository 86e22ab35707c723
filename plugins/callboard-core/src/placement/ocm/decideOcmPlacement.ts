import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import { decideByProfile } from '../decideByProfile';
import { OCM_RULES } from '../rules';
import { isInClusterSet } from '../rules/inClusterSet';
import type { PlacementInput, PlacementProfile } from '../types';

/** Profile of Open Cluster Management 1.0: it decides by score alone, and ignores a declared spread. */
const OCM: PlacementProfile = {
  rules: OCM_RULES,
  staysPut: false,
  keepsSpread: false,
};

/**
 * Decides as Open Cluster Management does on its own Placement, with our
 * reasons. Where no cluster is eligible the engine does not read the
 * predicates: an invalid one is then no error.
 */
export function decideOcmPlacement(
  input: PlacementInput,
  now: Date,
): PlacementDecision {
  const { spec, clusters } = input;
  const isAsked = clusters.some(
    cluster => !cluster.deleting && isInClusterSet(cluster, spec),
  );
  return decideByProfile(
    isAsked ? input : { ...input, spec: { ...spec, predicates: [] } },
    OCM,
    now,
  );
}

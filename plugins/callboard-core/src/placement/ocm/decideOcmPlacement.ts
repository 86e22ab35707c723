import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import { decideByProfile } from '../decideByProfile';
import { OCM_RULES } from '../rules';
import { isInClusterSet } from '../rules/inClusterSet';
import type { PlacementInput, PlacementProfile } from '../types';

/** How Open Cluster Management 1.0 decides: by score alone, spread declared but read by nobody. */
const OCM: PlacementProfile = {
  rules: OCM_RULES,
  staysPut: false,
  keepsSpread: false,
};

/**
 * The decision Open Cluster Management takes on its own Placement, with our
 * working. Where no cluster is eligible the engine does not read the predicates:
 * a faulty one is no fault then.
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

import type { PlacementRule } from '../types';
import { failbackHold } from './failbackHold';
import { hasCapacity } from './hasCapacity';
import { inClusterSet } from './inClusterSet';
import { keepsGuardRails } from './keepsGuardRails';
import { notCordoned } from './notCordoned';
import { notDeleting } from './notDeleting';
import { ofModules } from './ofModules';
import { requiredSelectors } from './requiredSelectors';
import { runsBlueprint } from './runsBlueprint';
import { reachable } from './reachable';
import { toleratesTaints } from './toleratesTaints';

/** The rules of our own placements, in the order in which their reasons are reported. All are evaluated. */
export const PLACEMENT_RULES: readonly PlacementRule[] = [
  notDeleting,
  inClusterSet,
  requiredSelectors,
  runsBlueprint,
  keepsGuardRails,
  toleratesTaints,
  ofModules,
  hasCapacity,
  reachable,
  notCordoned,
  failbackHold,
];

/** The rules of Open Cluster Management, which ignores conditions, freshness and cordons. */
export const OCM_RULES: readonly PlacementRule[] = [
  notDeleting,
  inClusterSet,
  requiredSelectors,
  toleratesTaints,
];

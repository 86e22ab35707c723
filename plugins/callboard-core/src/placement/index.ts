export { decidePlacement } from './decidePlacement';
export * from './ocm';
export { applyChange, type Changeable, listChanges } from './remedy';
export {
  describeDecision,
  describePlacementReason,
  describeRemedy,
} from './sentences';
export type { PlacementInput } from './types';

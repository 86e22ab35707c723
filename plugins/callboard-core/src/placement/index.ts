export * from './batch';
export { belongsToSet } from './belongsToSet';
export { decidePlacement } from './decidePlacement';
export { readLabelSelector, readPlacementSpec } from './documents';
export * from './fleet';
export * from './karmada';
export * from './ocm';
export { applyChange, type Changeable, listChanges } from './remedy';
export {
  describeDecision,
  describePlacementReason,
  describeRemedy,
} from './sentences';
export type { PlacementInput } from './types';
export * from './whatif';

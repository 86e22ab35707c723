export * from './batch';
export { belongsToSet, setsOf } from './belongsToSet';
export {
  type RetentionInput,
  decideWithRetention,
  waitingToLeave,
} from './decideWithRetention';
export { readLabelSelector, readPlacementSpec } from './documents';
export * from './failover';
export * from './fit';
export { followContact } from './followContact';
export { describeRule } from './describeRule';
export { groupByLabels } from './groups/groupByLabels';
export { freeCapacity } from './freeCapacity';
export * from './karmada';
export {
  findMisconfigured,
  keepWhereItWas,
  type Misconfiguration,
} from './keepWhereItWas';
export * from './ocm';
export { applyChange, type Changeable, listChanges } from './remedy';
export {
  describeDecision,
  describePlacementReason,
  describeRefusals,
  describeRemedy,
} from './sentences';
export * from './standing';
export { replicasOf } from './replicas/replicasOf';
export { countWantedReplicas } from './replicas/countWantedReplicas';
export { dividesReplicas } from './replicas/dividesReplicas';
export type {
  ModulePlacementRule,
  RuledApp,
  RuledCluster,
} from './moduleRules';
export type { PlacementInput } from './types';
export * from './whatif';

export { type Cell } from './judgeStage';
export {
  describeOffers,
  listRolloutActions,
  type OfferedAction,
  type RolloutAction,
} from './listActions';
export * from './ocm';
export { observedStatus } from './observedStatus';
export { phaseOf } from './phaseOf';
export {
  describeHold,
  describePhase,
  joinWords,
  type RolloutNoun,
} from './sentences';
export {
  advanceRollout,
  commandRollout,
  startRollout,
  stepRollout,
} from './stepRollout';
export type {
  ClusterProgress,
  HaltReason,
  ObservedStatus,
  Rollout,
  RolloutEffect,
  RolloutEvent,
  RolloutPhase,
  Step,
} from './types';
export { versionOfRollout } from './versionOfRollout';
export { type RolloutView, type RolloutWave, viewRollout } from './viewRollout';

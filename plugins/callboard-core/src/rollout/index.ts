export { type Cell } from './judgeStage';
export * from './ocm';
export { phaseOf } from './phaseOf';
export { describePhase } from './sentences';
export { startRollout, stepRollout } from './stepRollout';
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
export { type RolloutView, viewRollout } from './viewRollout';

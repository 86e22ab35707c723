export type { AgentAddress, AgentDeps, AgentImage } from './AgentDeps';
export {
  type ControlPlaneDeps,
  DEFAULT_INTERVALS,
  type Intervals,
  type Platform,
} from './ControlPlaneDeps';
export { createControlPlane } from './KnexControlPlane';
export {
  KnexAgentRegistry,
  describeStoreFault,
  inviteAgent,
  checkpointBesideLoop,
  migrateStore,
  revokeAgent,
  verifyJournal,
} from './store';
export { type Timers, processTimers } from './Timers';
export type { PullCredentials } from './reconcile/delivery/PullCredentials';
export { checkHealthRules } from './reconcile/observing/checkHealthRules';
export * from './usecases';

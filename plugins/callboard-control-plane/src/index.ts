export type { AgentAddress, AgentDeps, AgentImage } from './AgentDeps';
export type { ControlPlaneDeps, Intervals, Platform } from './ControlPlaneDeps';
export { createControlPlane } from './KnexControlPlane';
export type { PullCredentials } from './reconcile/delivery/PullCredentials';
export {
  KnexAgentRegistry,
  checkpointBesideLoop,
  describeStoreFault,
  registerAgent,
  migrateStore,
  verifyJournal,
} from './store';
export { type Timers } from './Timers';
export type {
  ControlPlane,
  EvidenceKind,
  ImageRetention,
  PushStep,
  ReadOptions,
  ReleaseDiffQuestion,
  ReleaseFilter,
  SharedReadOptions,
  SweptImages,
  TimelineQuestion,
} from './usecases/ControlPlane';

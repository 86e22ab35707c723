export type { AgentAddress, AgentDeps, AgentImage } from './AgentDeps';
export type { ControlPlaneDeps } from './ControlPlaneDeps';
export type { Intervals } from './Intervals';
export type { Platform } from './Platform';
export { createControlPlane } from './KnexControlPlane';
export type { PullCredentials } from './reconcile/delivery/PullCredentials';
export {
  KnexAgentRegistry,
  type SourceLook,
  type SourceRecord,
  checkpointBesideLoop,
  describeStoreFault,
  registerAgent,
  migrateStore,
  verifyJournal,
} from './store';
export { type Timers } from './Timers';
export {
  MAX_GIT_TOKEN_DAYS,
  isIssuedGitToken,
} from './usecases/tokens/createGitToken';
export type { AddressToProbe, ProbedAddress } from './usecases/probes/types';
export type {
  ControlPlane,
  EvidenceKind,
  GitTokenAsker,
  GitTokenHolder,
  ImageRetention,
  PushStep,
  ReadOptions,
  ReleaseDiffQuestion,
  ReleaseFilter,
  SharedReadOptions,
  SweptImages,
  TimelineQuestion,
} from './usecases/ControlPlane';

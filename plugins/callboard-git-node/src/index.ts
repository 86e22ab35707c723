export {
  GitRepositories,
  type GitRepositoriesOptions,
} from './GitRepositories';
export type { Quarantine } from './Quarantine';
export { type Program, ProcessLauncher, type StartProgram } from './launcher';
export { DEFAULT_GIT_LIMITS, type GitLimits } from './limits';
export {
  DEFAULT_REMOTE_LIMITS,
  type RemoteBranch,
  type RemoteLimits,
  findBranch,
} from './source';
export {
  type BranchToPull,
  type DeletedApps,
  type FilesToPush,
  type JudgedUpdates,
  type PushDeps,
  type PulledBranch,
  type PushIntent,
  PushIntents,
  type Pusher,
  type RefUpdate,
  type SweptPushes,
  judgePush,
  pullBranch,
  pushFiles,
  pushRelease,
  setAsideDeleted,
  settlePush,
  sweepDeleted,
  sweepFetched,
  sweepPushes,
} from './pushes';
export {
  type LeftoverFolders,
  type Leftovers,
  findLeftovers,
  removeLeftovers,
} from './removeLeftovers';
export { type CommitInput } from './writeCommit';

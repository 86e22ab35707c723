export {
  GitRepositories,
  type GitRepositoriesOptions,
  type Quarantine,
} from './GitRepositories';
export { type Program, ProcessLauncher, type StartProgram } from './launcher';
export { DEFAULT_GIT_LIMITS, type GitLimits } from './limits';
export {
  type DeletedApps,
  type FilesToPush,
  type JudgedUpdates,
  type PushDeps,
  type PushIntent,
  PushIntents,
  type Pusher,
  type RefUpdate,
  type SweptPushes,
  judgePush,
  pushFiles,
  pushRelease,
  setAsideDeleted,
  settlePush,
  sweepDeleted,
  sweepPushes,
} from './pushes';
export {
  type LeftoverFolders,
  type Leftovers,
  findLeftovers,
  removeLeftovers,
} from './removeLeftovers';
export { type CommitInput } from './writeCommit';

export { type JudgedUpdates, type RefUpdate, judgePush } from './judgePush';
export { type FilesToPush, pushFiles, pushRelease } from './pushFiles';
export { type BranchToPull, type PulledBranch, pullBranch } from './pullBranch';
export { type PushDeps } from './pushDeps';
export { type PushIntent, PushIntents, type Pusher } from './PushIntents';
export {
  type DeletedApps,
  setAsideDeleted,
  sweepDeleted,
} from './setAsideDeleted';
export { settlePush } from './settlePush';
export { type SweptPushes } from './settleIntents';
export { sweepFetched } from './sweepFetched';
export { sweepPushes } from './sweepPushes';

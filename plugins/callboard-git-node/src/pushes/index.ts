export { type JudgedUpdates, type RefUpdate, judgePush } from './judgePush';
export { type FilesToPush, pushFiles } from './pushFiles';
export { type PushDeps } from './pushDeps';
export { type PushIntent, PushIntents, type Pusher } from './PushIntents';
export { settlePush } from './settlePush';
export { type SweptPushes, sweepPushes } from './sweepPushes';

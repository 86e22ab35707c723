export { openConnection } from './openConnection';
export type { ConnectionDeps } from './openConnection';
export { type ConnectionLimits } from './connection/limits';
export { readKubeObject } from './connection/readKubeObject';
export { type FieldConflict, conflictsOf } from './connection/FieldConflict';
export { applyObjects } from './apply/applyObjects';
export type { ApplyOptions, WantedDeployment } from './apply/WantedDeployment';
export type { Change, ChangeSet, TakenField } from './apply/ChangeSet';
export { fingerprintOf } from './apply/fingerprintOf';
export { INVENTORY_NAMESPACE } from './apply/ApplySet';
export { removeObjects } from './apply/removeObjects';
export {
  HttpsTransport,
  type HttpsTransportOptions,
} from './https/HttpsTransport';
export {
  type ClusterAccess,
  type ConfiguredCluster,
  kubeconfigSource,
  openHttpsTransport,
  transportOpener,
} from './https/kubeconfigSource';
export type {
  KubeconfigFile,
  ProvidedAccess,
} from './https/signin/ClusterSignIn';
export { watchCluster } from './watch/watchCluster';
export {
  type ClusterEvent,
  type KnownObject,
  type Liveness,
  type SyncPoint,
  type WatchClusterOptions,
  type WatchedKind,
  kindKey,
} from './watch/types';
export * from './tunnel';
export { PULL_SECRET_NAME } from './pullSecretName';

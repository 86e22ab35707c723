export * from './ClusterConnection';
export * from './ClusterSource';
export * from './ClusterTransport';
export { type ConnectionDeps, openConnection } from './openConnection';
export { type ConnectionLimits } from './connection/limits';
export { type FieldConflict, conflictsOf } from './connection/FieldConflict';
export {
  type ApplyOptions,
  type WantedDeployment,
  applyObjects,
} from './apply/applyObjects';
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
} from './https/kubeconfigSource';
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

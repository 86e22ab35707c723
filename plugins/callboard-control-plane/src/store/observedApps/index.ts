export type { ObservedAppRecord } from './ObservedAppRecord';
export {
  closeObservedApp,
  findObservedApps,
  findObservedSince,
  saveObservedApp,
} from './observedApps';
export {
  type ObservedPlacementRecord,
  findObservedOnCluster,
  findObservedPlacements,
  findObservedVersions,
  saveObservedPlacement,
} from './observedPlacements';
export { findUnreadClusters, saveUnreadCluster } from './unreadClusters';

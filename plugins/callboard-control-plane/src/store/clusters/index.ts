export { findContacts, saveContact } from './clusterContacts';
export { findClusterFacts, saveClusterFacts } from './clusterFacts';
export {
  type Heartbeat,
  HEARTBEAT_DELAY_MS,
  findHeartbeats,
  saveHeartbeats,
} from './clusterHeartbeats';
export {
  type ClusterLabelsRecord,
  closeHandLabels,
  findHandLabels,
  saveHandLabels,
  withHandLabels,
} from './clusterLabels';
export type {
  ClusterContact,
  ClusterFactsRecord,
  ClusterRecord,
} from './ClusterRecord';
export { findCluster, findClusters } from './findClusters';
export {
  type ClusterSchedulingRecord,
  closeScheduling,
  findSchedulings,
  saveScheduling,
} from './clusterSchedulings';
export { forgetContact } from './forgetContact';
export { closeCluster, saveCluster } from './saveCluster';

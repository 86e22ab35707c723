export { autoscalerController } from './autoscalerController';
export { ClusterClient, storageOf } from './ClusterClient';
export { type Controller, keyOf, splitKey } from './Controller';
export { ControllerLoop } from './ControllerLoop';
export { cronJobController } from './cronJob/cronJobController';
export { daemonSetController } from './daemonSet/daemonSetController';
export { deploymentController } from './deployment/deploymentController';
export { disruptionController } from './disruptionController';
export {
  backendsOf,
  endpointsController,
  targetPortOf,
} from './endpointsController';
export { eventExpiry } from './eventExpiry';
export { garbageCollector } from './garbageCollector';
export { jobController } from './jobController';
export { namespaceController } from './namespaceController';
export { namespaceDefaultsController } from './namespaceDefaultsController';
export { nodeHeartbeat } from './nodeHeartbeat';
export { recordEvent } from './recordEvent';
export { replicaSetController } from './replicaSetController';
export { schedulerController } from './schedulerController';
export { statefulSetController } from './statefulSetController';
export {
  type VolumeHost,
  volumeClaimController,
} from './volumeClaimController';

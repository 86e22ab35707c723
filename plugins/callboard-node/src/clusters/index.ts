export type {
  ApiResource,
  CallOptions,
  ClusterConnection,
  KindRef,
  ListAnswer,
  ListOptions,
  FollowLogOptions,
  LogOptions,
  ServerVersion,
  ServiceAnswer,
  ServiceRef,
  WatchEvent,
  WatchOptions,
} from './ClusterConnection';
export {
  type ClusterSource,
  DEFAULT_LIVENESS_MS,
  type RegisteredCluster,
} from './ClusterSource';
export {
  type ClusterRequest,
  type ClusterResponse,
  type ClusterTransport,
  NotSentError,
} from './ClusterTransport';
export type {
  ClusterTransportProvider,
  TransportTarget,
} from './ClusterTransportProvider';
export { PolledSource, type PolledSourceOptions } from './PolledSource';

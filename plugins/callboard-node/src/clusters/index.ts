export type {
  ApiResource,
  CallOptions,
  ClusterConnection,
  KindRef,
  ListAnswer,
  ListOptions,
  LogOptions,
  ServerVersion,
  WatchEvent,
  WatchOptions,
} from './ClusterConnection';
export type { ClusterSource, RegisteredCluster } from './ClusterSource';
export {
  type ClusterRequest,
  type ClusterResponse,
  type ClusterTransport,
  NotSentError,
} from './ClusterTransport';

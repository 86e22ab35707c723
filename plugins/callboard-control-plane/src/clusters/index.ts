export * from './ClusterConnection';
export * from './ClusterSource';
export * from './ClusterTransport';

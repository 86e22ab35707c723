export { configMap, deployment, job, service } from './manifests';
export { TestCluster } from './TestCluster';

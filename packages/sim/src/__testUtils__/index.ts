export {
  claim,
  configMap,
  cronJob,
  deployment,
  job,
  service,
  statefulSet,
} from './manifests';
export { TestCluster } from './TestCluster';

export {
  claim,
  configMap,
  deployment,
  job,
  service,
  statefulSet,
} from './manifests';
export { TestCluster } from './TestCluster';

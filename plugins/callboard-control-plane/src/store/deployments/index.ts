export { closeDeployment } from './closeDeployment';
export {
  type DeploymentKey,
  type DeploymentPart,
  type DeploymentRecord,
  type DeploymentState,
  keyOfSubject,
  subjectOf,
} from './DeploymentRecord';
export { findDeployment, findDeployments } from './findDeployments';
export { saveDeployment } from './saveDeployment';

export { closeDeployment } from './closeDeployment';
export {
  type AppDeploymentKey,
  type DeploymentKey,
  type DeploymentRecord,
  type DeploymentState,
  keyOfSubject,
  subjectOf,
} from './DeploymentRecord';
export {
  findBaselines,
  findDeployment,
  findDeployments,
  findDeploymentsIn,
  findUnwellApps,
  type UnwellApp,
} from './findDeployments';
export { findHealthyClusters } from './findHealthyClusters';
export {
  type DesiredDeploymentRow,
  findDesiredDeployments,
} from './findDesiredDeployments';
export { saveDeployment } from './saveDeployment';

export { closeDeployment } from './closeDeployment';
export {
  type DeploymentKey,
  type DeploymentRecord,
  type DeploymentState,
  keyOfSubject,
  subjectOf,
} from './DeploymentRecord';
export { findDeployment, findDeployments } from './findDeployments';
export { findHealthyClusters } from './findHealthyClusters';
export { type WantedPlace, findWantedPlaces } from './findWantedPlaces';
export { saveDeployment } from './saveDeployment';

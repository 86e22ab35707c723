export { findDeploymentIntervals } from './findDeploymentIntervals';
export { findReleaseIntervals } from './findReleaseIntervals';
export { findSilences } from './findSilences';
export { readWithin } from './readWithin';

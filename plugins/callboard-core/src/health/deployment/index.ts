export { assessDeployment } from './assessDeployment';
export { assessObjects } from './assessObjects';
export { findNextLookMs } from './instances';
export { recordedHealth } from './recordedHealth';
export { observeObject } from './observeObject';
export { findNextRun } from './scheduledRuns';
export type {
  DeploymentVerdict,
  DesiredDeployment,
  DesiredPart,
  ObservedObject,
  ObservedRuns,
  PartRuns,
  PartVerdict,
  RunEnd,
} from './types';

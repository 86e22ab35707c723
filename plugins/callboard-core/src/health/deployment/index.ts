export { assessDeployment } from './assessDeployment';
export { assessObjects } from './assessObjects';
export { findNextLookMs } from './instances';
export { recordedHealth } from './recordedHealth';
export { observeObject } from './observeObject';
export type {
  DeploymentVerdict,
  DesiredDeployment,
  DesiredPart,
  ObservedObject,
  PartVerdict,
} from './types';

export { type LocatePolicy, checkPolicies } from './checkPolicies';
export { judgePolicies } from './judgePolicies';
export { policiesFor } from './matchesPolicy';
export {
  describePolicyFinding,
  listDenials,
  policyDenied,
  policyWarnings,
} from './sentences';
export { renderSubject } from './renderSubject';
export {
  type JudgedDeployment,
  describePolicies,
  describeTrial,
  summarizePolicies,
} from './summarizePolicies';
export type {
  PolicyCluster,
  PolicyException,
  PolicyFinding,
  PolicyPlace,
  PolicySubject,
  PolicyVerdict,
} from './types';

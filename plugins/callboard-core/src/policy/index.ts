export { type LocatePolicy, checkPolicies } from './checkPolicies';
export { judgePolicies } from './judgePolicies';
export {
  describePolicyFinding,
  listDenials,
  policyDenied,
  policyWarnings,
} from './sentences';
export type {
  PolicyCluster,
  PolicyException,
  PolicyFinding,
  PolicyPlace,
  PolicySubject,
  PolicyVerdict,
} from './types';

export { describeEnvironmentRules } from './describeEnvironmentRules';
export { DEFAULT_FAILOVER_SECONDS, failoverAfter } from './failoverAfter';
export {
  type InstanceNeeds,
  instanceNeedsOf,
  largestInstance,
} from './instanceNeedsOf';
export { needsOf } from './needsOf';
export { overridesFor } from './overridesFor';
export { replicasFor } from './replicasFor';
export {
  findEnvironmentProblems,
  resolveEnvironments,
} from './resolveEnvironments';
export { scaleEnvironment } from './scaleEnvironment';
export type { ResolvedEnvironment } from './types';
export { workloadsOn } from './workloadsOn';

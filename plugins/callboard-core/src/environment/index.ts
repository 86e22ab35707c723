export { DEFAULT_FAILOVER_SECONDS, failoverAfter } from './failoverAfter';
export {
  type InstanceNeeds,
  instanceNeedsOf,
  largestInstance,
} from './instanceNeedsOf';
export { needsOf } from './needsOf';
export { replicasFor } from './replicasFor';
export {
  findEnvironmentProblems,
  resolveEnvironments,
} from './resolveEnvironments';
export type { ResolvedEnvironment } from './types';
export { variablesFor } from './variablesFor';

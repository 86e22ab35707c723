export { DEFAULT_FAILOVER_SECONDS, failoverAfter } from './failoverAfter';
export { needsOf } from './needsOf';
export { replicasFor } from './replicasFor';
export { resolveEnvironments } from './resolveEnvironments';
export type { ResolvedEnvironment } from './types';

export { replicasFor } from './replicasFor';
export { resolveEnvironments } from './resolveEnvironments';
export type { ResolvedEnvironment } from './types';

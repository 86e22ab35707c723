export { createHookRouter } from './createHookRouter';
export { reportStatuses } from './reportStatuses';
export { sourceFollowed } from './problems';
export { SourceFollower } from './SourceFollower';

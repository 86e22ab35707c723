export { createHookRouter } from './createHookRouter';
export { reportStatuses } from './reportStatuses';
export { sourceFollowed } from './problems';
export { SOURCE_ACTOR, SourceFollower } from './SourceFollower';

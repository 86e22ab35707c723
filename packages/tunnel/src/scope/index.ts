export { isWithinScope } from './isWithinScope';
export { readSegments } from './readSegments';
export { CALLBOARD_RULES, type Scope, type ScopeRule } from './Scope';

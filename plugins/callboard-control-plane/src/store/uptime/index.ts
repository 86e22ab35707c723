export { beginRun } from './beginRun';
export { extendRun } from './extendRun';
export { findRunEnds } from './findRunEnds';
export { findRuns } from './findRuns';
export { lockRuns } from './lockRuns';

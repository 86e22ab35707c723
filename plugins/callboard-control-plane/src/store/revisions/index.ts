export { findNewestSpecs } from './findNewestSpecs';
export { findRevision, findRevisionAt } from './findRevisions';
export { insertRevision } from './insertRevision';
export type { RevisionRecord } from './RevisionRecord';

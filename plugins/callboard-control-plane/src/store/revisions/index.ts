export { findNewestSpecs } from './findNewestSpecs';
export { findNewestRevision, findRevision } from './findRevisions';
export { insertRevision } from './insertRevision';
export type { RevisionRecord, RevisionSpec } from './RevisionRecord';

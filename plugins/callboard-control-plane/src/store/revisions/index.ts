export { findNewestSpecs } from './findNewestSpecs';
export {
  findNewestRevision,
  findRevision,
  findRevisionAt,
} from './findRevisions';
export { insertRevision } from './insertRevision';
export type { RevisionRecord, RevisionSpec } from './RevisionRecord';

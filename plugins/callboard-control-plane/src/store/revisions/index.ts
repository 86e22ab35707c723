export { findNewestSpecs } from './findNewestSpecs';
export { findRevision, findRevisionAt } from './findRevisions';
export { insertRevision } from './insertRevision';
export { findProvenance, insertProvenance } from './provenances';
export {
  deleteReleaseRequests,
  findReleaseRequest,
  insertReleaseRequest,
} from './releaseRequests';
export type { RevisionRecord } from './RevisionRecord';

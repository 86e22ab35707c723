export { findReleaseContents } from './findReleaseContents';
export { type ReleaseHead, findReleaseHeads } from './findReleaseHeads';
export {
  findRelease,
  findReleaseOfRevision,
  findReleases,
} from './findReleases';
export { insertRelease } from './insertRelease';
export type { Images, ReleaseContent, ReleaseRecord } from './ReleaseRecord';

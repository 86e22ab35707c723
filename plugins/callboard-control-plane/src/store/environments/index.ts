export {
  type EnvironmentChangeRecord,
  countEnvironmentChanges,
  findEnvironmentChanges,
} from './findEnvironmentChanges';
export type { EnvironmentReleaseRecord } from './EnvironmentReleaseRecord';
export { closeEnvironment } from './closeEnvironment';
export {
  findApproval,
  findEnvironmentRelease,
  findEnvironmentReleases,
  findFirstRelease,
  wasReleasedIn,
} from './findEnvironmentReleases';
export { findReleaseChange } from './findReleaseChange';
export {
  type ReleaseStayRecord,
  findReleaseStays,
  findStaysOf,
} from './findReleaseStays';
export {
  type SetRelease,
  setEnvironmentRelease,
} from './setEnvironmentRelease';

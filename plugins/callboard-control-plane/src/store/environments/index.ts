export type { EnvironmentReleaseRecord } from './EnvironmentReleaseRecord';
export {
  findEnvironmentRelease,
  findEnvironmentReleases,
  findFirstRelease,
  wasReleasedIn,
} from './findEnvironmentReleases';
export {
  type ReleaseStayRecord,
  findReleaseStays,
  findStaysOf,
} from './findReleaseStays';
export {
  type SetRelease,
  setEnvironmentRelease,
} from './setEnvironmentRelease';

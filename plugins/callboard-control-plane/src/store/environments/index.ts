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
export { setEnvironmentRelease } from './setEnvironmentRelease';

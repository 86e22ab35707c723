export type { EnvironmentReleaseRecord } from './EnvironmentReleaseRecord';
export {
  findEnvironmentRelease,
  findEnvironmentReleases,
  findFirstRelease,
  wasReleasedIn,
} from './findEnvironmentReleases';
export { setEnvironmentRelease } from './setEnvironmentRelease';

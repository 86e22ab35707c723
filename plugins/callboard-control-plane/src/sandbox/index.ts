export {
  type BuildLimits,
  DEFAULT_BUILD_LIMITS,
  type ExceededLimit,
  limitExceeded,
} from './BuildLimits';
export { BuildPlace } from './BuildPlace';
export { readBuildLimits } from './readBuildLimits';
export { RunArea } from './RunArea';
export {
  type OtherUser,
  type RunAsOther,
  chownAll,
  forEachLine,
  spawnAsOther,
  stopGroup,
} from './runAsOther';

export {
  type BuildLogLines,
  deleteBuildLogs,
  findBuildLog,
  saveBuildLog,
} from './buildLogs';
export type { BuildRecord } from './BuildRecord';
export {
  findAppsToBuild,
  findBuild,
  findBuildsOf,
  findNewestBuilds,
  findNextBuild,
} from './findBuilds';
export { finishBuild } from './finishBuild';
export { insertBuild } from './insertBuild';
export { startBuild } from './startBuild';

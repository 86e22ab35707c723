export {
  type AppSources,
  compareScorePaths,
  findWorkloadFaults,
  judgeWorkloads,
  locateInAppFile,
  readAppFile,
  scorePathsOf,
} from './judgeSources';
export {
  fileMissing,
  folderMissing,
  normalizePath,
  sourcesOf,
} from './sourcesOf';

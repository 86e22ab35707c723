export {
  type AppSources,
  findWorkloadFaults,
  judgeWorkloads,
  locateInAppFile,
  readAppFile,
  scorePathsOf,
} from './judgeSources';
export { fileMissing, normalizePath, sourcesOf } from './sourcesOf';

export {
  type AppSources,
  judgeWorkloads,
  readAppFile,
  scorePathsOf,
} from './judgeSources';
export { fileMissing, normalizePath, sourcesOf } from './sourcesOf';

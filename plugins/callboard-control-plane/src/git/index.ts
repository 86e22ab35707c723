export {
  GitRepositories,
  type GitRepositoriesOptions,
  type Quarantine,
} from './GitRepositories';
export {
  GitRevisionReader,
  type GitRevisionReaderOptions,
} from './GitRevisionReader';
export {
  type LeftoverFolders,
  type Leftovers,
  findLeftovers,
  removeLeftovers,
} from './removeLeftovers';
export { DEFAULT_GIT_LIMITS, type GitLimits } from './limits';
export { MAX_TEXT_BYTES, readPushedFiles } from './readPushedFiles';
export { type CommitInput } from './writeCommit';
export * from './pushes';

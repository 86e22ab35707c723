export { findBranch } from './findBranch';
export {
  DEFAULT_REMOTE_LIMITS,
  type RemoteBranch,
  type RemoteLimits,
} from './RemoteBranch';

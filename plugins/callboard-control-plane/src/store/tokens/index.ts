export {
  type GitTokenRecord,
  findGitToken,
  findGitTokenByHash,
  findLiveGitTokens,
} from './findGitTokens';
export {
  type NewGitToken,
  insertGitToken,
  lockGitTokens,
} from './insertGitToken';
export {
  forgetGitTokens,
  markGitTokenUsed,
  revokeGitToken,
} from './endGitToken';

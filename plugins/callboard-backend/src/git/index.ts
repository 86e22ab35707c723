export { checkBelonging } from './checkBelonging';
export {
  type GitAuthenticatorDeps,
  type GitIdentity,
  authenticateGit,
  type IdentifyToken,
  identifyHolder,
} from './authenticateGit';
export { authorizeGit, mayFollow } from './authorizeGit';
export { createGitRouter } from './createGitRouter';
export {
  DEFAULT_GIT_HOST_LIMITS,
  type GitHostDeps,
  type GitHostLimits,
} from './GitHostDeps';
export { GitTokens } from './GitTokens';
export { HookServer } from './HookServer';
export { type NameGuard, createNameGuard } from './createNameGuard';
export { type OwnerGuard, createOwnerGuard } from './createOwnerGuard';
export { ownerOfNew } from './ownerOfNew';
export {
  type UserOwnership,
  createOwnershipResolver,
} from './resolveOwnership';

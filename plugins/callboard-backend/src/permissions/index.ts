export { CallboardOwnerPolicy } from './CallboardOwnerPolicy';
export { callboardOwnerPolicy } from './ownerPolicyModule';
export { localPermissionsServiceFactory } from './localPermissionsServiceFactory';
export { type LocalPolicy, localPolicyServiceRef } from './LocalPolicy';
export { registerPermissions } from './registerPermissions';
export { TokenPermissions, type TokenPerson } from './TokenPermissions';
export {
  type OwnedApp,
  appConditions,
  appResourceRef,
  createAppConditionalDecision,
  isAppOwner,
} from './rules';

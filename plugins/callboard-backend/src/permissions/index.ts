export { CallboardOwnerPolicy } from './CallboardOwnerPolicy';
export { callboardOwnerPolicy } from './ownerPolicyModule';
export { registerPermissions } from './registerPermissions';
export {
  type OwnedApp,
  appConditions,
  appResourceRef,
  createAppConditionalDecision,
  isAppOwner,
} from './rules';

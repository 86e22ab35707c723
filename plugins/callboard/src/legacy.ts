export {
  callboardPlugin,
  CallboardAppsPage,
  CallboardAuditPage,
  CallboardBlueprintsPage,
  CallboardFleetPage,
  CallboardGitTokensContent,
  CallboardPoliciesPage,
  EntityCallboardAppCard,
  EntityCallboardClusterCard,
  EntityCallboardClusterContent,
  EntityCallboardContent,
} from './legacyPlugin';
export { isCallboardApp, isCallboardCluster } from './entity/isCallboardEntity';
export { GuestKeySignInPage } from './signIn/GuestKeySignInPage';
export { CallboardNotFoundPage } from './CallboardNotFoundPage';

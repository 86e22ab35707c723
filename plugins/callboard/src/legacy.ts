export {
  callboardPlugin,
  CallboardAppsPage,
  CallboardAuditPage,
  CallboardBlueprintsPage,
  CallboardEnvironmentsPage,
  CallboardFleetPage,
  CallboardGitTokensContent,
  CallboardPoliciesPage,
  EntityCallboardAppCard,
  EntityCallboardClusterCard,
  EntityCallboardClusterContent,
  EntityCallboardContent,
  EntityCallboardSystemCard,
} from './legacyPlugin';
export {
  isCallboardApp,
  isCallboardCluster,
  isCallboardSystem,
} from './entity/isCallboardEntity';
export { GuestKeySignInPage } from './signIn/GuestKeySignInPage';
export { CallboardNotFoundPage } from './CallboardNotFoundPage';

export {
  type InstalledDependencies,
  installDependencies,
} from './installDependencies';
export { type PackageRegistry, readPackageRegistries } from './PackageRegistry';
export {
  type InstallPlan,
  type InstallRules,
  planInstall,
} from './planInstall';

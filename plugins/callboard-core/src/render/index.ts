export { fillAmounts } from './baseline';
export { buildFolderOf, buildFoldersOf, workloadsBuiltOf } from './buildFolder';
export { canonicalJson } from './canonicalJson';
export {
  type CheckWorkloadsInput,
  checkWorkloads,
  findWorkloadProblems,
} from './checkWorkloads';
export { namespaceOf } from './namespaceOf';
export { nameBuiltImages } from './nameBuiltImages';
export { type WorkloadOperation, operateWorkload } from './operateWorkload';
export type { AppOverrides } from './overrides';
export * from './placeholders';
export {
  type AppResource,
  BUILT_IN_PROVISIONERS,
  type ClusterTraits,
  type GeneratedValue,
  type ProvisionContext,
  type Provisioned,
  type ProvisionedObjects,
  type RenderedResources,
  type Provisioner,
  type ResourceRequest,
  type SecretContents,
  checkProvisioners,
  compileProvisioners,
  hasResources,
  describeProvisioners,
  gatewayOf,
  listResources,
  keepSecretContents,
  readSecretContents,
  renderResources,
  resourceOfSecret,
  secretKeyOf,
  traitsOf,
} from './resources';
export { renderNamespace } from './renderNamespace';
export {
  type ReleaseInput,
  type RenderedRelease,
  renderRelease,
} from './renderRelease';
export { renderWorkload } from './renderWorkload';
export {
  CURRENT_RENDERER,
  describeNewerRenderer,
  isKnownRenderer,
} from './renderers';
export {
  type LackingSetting,
  type NeededSetting,
  RESTART,
  type SettingChange,
  type SettingInForce,
  type SettingVersion,
  type UnofferedSecret,
  type Settings,
  type SettingsInForce,
  type SettingsReader,
  areSameSettings,
  findLackingSettings,
  findUnofferedSecrets,
  isInStore,
  listNeededSettings,
  readSettingVersions,
  renderExternalSecrets,
  renderSettingsSecret,
  resolveSettings,
  restartIn,
  secretNotOffered,
  settingKeyOf,
  settingsLacking,
  settingsProvisioners,
} from './settings';
export type { RenderInput, SourceFile } from './types';

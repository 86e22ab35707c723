export {
  type LackingSetting,
  findLackingSettings,
  settingsLacking,
} from './findLackingSettings';
export { type SettingsReader, listNeededSettings } from './listNeededSettings';
export {
  type UnofferedSecret,
  findUnofferedSecrets,
  secretNotOffered,
} from './findUnofferedSecrets';
export { renderExternalSecrets } from './renderExternalSecrets';
export { settingsProvisioners } from './provisionSettings';
export { settingKeyOf } from './settingKeyOf';
export {
  type SettingVersion,
  readSettingVersions,
  renderSettingsSecret,
} from './renderSettingsSecret';
export { areSameSettings, resolveSettings, restartIn } from './resolveSettings';
export {
  type NeededSetting,
  RESTART,
  type SettingChange,
  type SettingInForce,
  type Settings,
  type SettingsInForce,
} from './types';
export { isInStore } from './types';

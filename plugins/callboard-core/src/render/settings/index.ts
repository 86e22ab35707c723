export {
  type LackingSetting,
  findLackingSettings,
  settingsLacking,
} from './findLackingSettings';
export { type SettingsReader, listNeededSettings } from './listNeededSettings';
export { settingKeyOf, settingsProvisioners } from './provisionSettings';
export {
  type SettingVersion,
  readSettingVersions,
  renderSettingsSecret,
} from './renderSettingsSecret';
export { areSameSettings, resolveSettings } from './resolveSettings';
export type {
  NeededSetting,
  SettingChange,
  SettingInForce,
  Settings,
  SettingsInForce,
} from './types';

export {
  type SealedSetting,
  findSealedOtherwise,
  replaceSealed,
} from './sealedSettings';
export {
  type NewSettingChange,
  type SettingChangeRecord,
  type SettingContent,
  findRestart,
  findSettingChanges,
  findSettingContents,
  insertSettingChange,
} from './settingChanges';

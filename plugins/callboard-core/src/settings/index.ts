export {
  type ChangedSetting,
  type SettingEffect,
  countClusters,
  describeEffect,
  effectIn,
} from './settingEffects';
export { describeReleases, describeWhere, kindOfSetting } from './settingWords';

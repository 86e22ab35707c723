export type {
  CallboardApi,
  DeploymentKey,
  JournalFilter,
  LabelInput,
  LogQuestion,
  OperateInput,
  PolicyList,
  ReadOptions,
  AppChangeInput,
  RemovalInput,
  SchedulingInput,
  SettingsRef,
  SettingTurn,
} from './CallboardApi';
export { CallboardClient } from './CallboardClient';
export { callboardApiRef } from './callboardApiRef';
export { problemOfError } from './problems';

export type {
  CallboardApi,
  DeploymentKey,
  JournalFilter,
  LabelInput,
  LogQuestion,
  ReadOptions,
  SchedulingInput,
  SettingsRef,
  SettingTurn,
} from './CallboardApi';
export { CallboardClient } from './CallboardClient';
export { callboardApiRef } from './callboardApiRef';
export { problemOfError } from './problems';

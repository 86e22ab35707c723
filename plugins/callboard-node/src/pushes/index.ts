export { AppLocks } from './AppLocks';
export type {
  AcceptedPush,
  Actor,
  JudgedPush,
  PushRecord,
  PushedFiles,
  RevisionSpec,
} from './PushRecord';

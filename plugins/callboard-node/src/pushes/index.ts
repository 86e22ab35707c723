export { AppLocks } from './AppLocks';
export type {
  AcceptedPush,
  Actor,
  JudgedPush,
  PushRecord,
  PushRequest,
  PushedFiles,
  PushedImages,
  RevisionSpec,
} from './PushRecord';

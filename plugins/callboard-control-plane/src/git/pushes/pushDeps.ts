import type { PushRecord } from '../../PushRecord';
import type { GitRepositories } from '../GitRepositories';
import type { AppLocks } from './AppLocks';
import type { PushIntents } from './PushIntents';

/** What every step of a push works with. */
export interface PushDeps {
  repositories: GitRepositories;
  intents: PushIntents;
  locks: AppLocks;
  record: PushRecord;
}

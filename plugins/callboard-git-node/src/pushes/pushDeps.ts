import type { AppLocks, PushRecord } from '@callboard/plugin-callboard-node';
import type { GitRepositories } from '../GitRepositories';
import type { PushIntents } from './PushIntents';

/** Dependencies of every step of a push. */
export interface PushDeps {
  repositories: GitRepositories;
  intents: PushIntents;
  locks: AppLocks;
  record: PushRecord;
}

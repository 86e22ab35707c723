import type { ControlPlane } from '../../usecases';
import type { GitRepositories } from '../GitRepositories';
import type { AppLocks } from './AppLocks';
import type { PushIntents } from './PushIntents';

/** What every step of a push works with. */
export interface PushDeps {
  repositories: GitRepositories;
  intents: PushIntents;
  locks: AppLocks;
  controlPlane: Pick<ControlPlane, 'checkPush' | 'recordPush'>;
}

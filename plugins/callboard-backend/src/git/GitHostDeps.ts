import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Result } from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import type { PushDeps } from '@callboard/plugin-callboard-git-node';
import type { GitIdentity } from './authenticateGit';
import type { HookServer } from './HookServer';

export interface GitHostLimits {
  /** Size of the body of one push. */
  maxPushBytes: number;
  /** Time for a push to arrive and be checked. */
  receiveSeconds: number;
  /** Maximum time that git waits for the app to be healthy. */
  followSeconds: number;
  /** Concurrent transfers of pushes and fetches; further ones wait a while. One person has at most half of them. */
  maxConcurrent: number;
  /** Pushes that wait at the same time for their app to be healthy; further ones end with the address of its page. */
  maxFollowers: number;
  /** A transfer without any byte for this time is ended. */
  idleSeconds: number;
}

export const DEFAULT_GIT_HOST_LIMITS: GitHostLimits = {
  maxPushBytes: 100 * 1024 * 1024,
  receiveSeconds: 300,
  followSeconds: 300,
  maxConcurrent: 64,
  maxFollowers: 200, // each is four processes of git
  idleSeconds: 30,
};

export interface GitHostDeps {
  pushes: PushDeps;
  controlPlane: Pick<ControlPlane, 'followPush' | 'getApp' | 'probeStore'>;
  hooks: HookServer;
  /** Authenticates the sender of this Authorization header. */
  authenticate(authorization: string | undefined): Promise<Result<GitIdentity>>;
  /** Checks whether this person may push to, or fetch, this app. */
  authorize(asked: {
    app: string;
    identity: GitIdentity;
    isPush: boolean;
  }): Promise<Result<void>>;
  /** Returns the owner of an app that this person creates: the one in the catalog, else the person's team. */
  ownerOfNew(asked: { app: string; identity: GitIdentity }): Promise<string>;
  /** Whether this person may follow the status of this app. */
  mayFollow(asked: { app: string; identity: GitIdentity }): Promise<boolean>;
  /** The page of an app. */
  pageOf(app: string): string;
  limits: GitHostLimits;
  auditor: AuditorService;
  logger: LoggerService;
}

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
  /** Of the body of one push. */
  maxPushBytes: number;
  /** Until a push has arrived and is judged. */
  receiveSeconds: number;
  /** How long git waits at most for the app to be healthy. */
  followSeconds: number;
  /** Pushes and fetches that transfer at the same time; further ones wait a while. One person has at most half of them. */
  maxConcurrent: number;
  /** Pushes that wait at the same time for their app to be healthy; further ones end with the address of its page. */
  maxFollowers: number;
  /** A transfer without a byte for so long is ended. */
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
  /** Who sends this Authorization header? */
  authenticate(authorization: string | undefined): Promise<Result<GitIdentity>>;
  /** May this person push to, and read the code of, this app? */
  authorize(asked: {
    app: string;
    identity: GitIdentity;
    isPush: boolean;
  }): Promise<Result<void>>;
  /** Whom an app belongs to that this person creates: who the catalog says, else the person's team. */
  ownerOfNew(asked: { app: string; identity: GitIdentity }): Promise<string>;
  /** May this person hear how this app does? */
  mayFollow(asked: { app: string; identity: GitIdentity }): Promise<boolean>;
  /** The page of an app, for people. */
  pageOf(app: string): string;
  limits: GitHostLimits;
  auditor: AuditorService;
  logger: LoggerService;
}

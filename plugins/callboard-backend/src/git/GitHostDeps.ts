import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Result } from '@callboard/plugin-callboard-common';
import type {
  ControlPlane,
  PushDeps,
} from '@callboard/plugin-callboard-control-plane';
import type { GitIdentity } from './authenticateGit';
import type { HookServer } from './HookServer';

export interface GitHostLimits {
  /** Of the body of one push. */
  maxPushBytes: number;
  /** Until a push has arrived and is judged. */
  receiveSeconds: number;
  /** How long git waits at most for the app to be healthy. */
  followSeconds: number;
  /** Pushes and fetches at the same time; one more is asked to come back. */
  maxConcurrent: number;
}

export const DEFAULT_GIT_HOST_LIMITS: GitHostLimits = {
  maxPushBytes: 100 * 1024 * 1024,
  receiveSeconds: 300,
  followSeconds: 300,
  maxConcurrent: 64,
};

export interface GitHostDeps {
  pushes: PushDeps;
  controlPlane: Pick<ControlPlane, 'followPush'>;
  hooks: HookServer;
  /** Who sends this Authorization header? */
  authenticate(authorization: string | undefined): Promise<Result<GitIdentity>>;
  /** May this person push to, and read the code of, this app? */
  authorize(app: string, identity: GitIdentity): Promise<Result<void>>;
  /** The page of an app, for people. */
  pageOf(app: string): string;
  limits: GitHostLimits;
  auditor: AuditorService;
  logger: LoggerService;
}

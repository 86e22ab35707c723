import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import type { PushDeps } from '@callboard/plugin-callboard-git-node';
import type { Topics } from '../changes';
import type {
  GitHostDeps,
  IdentifyToken,
  NameGuard,
  OwnerGuard,
  UserOwnership,
} from '../git';
import type { DataRetention } from '../retention';
import type { SourceFollower } from '../sources';
import type { Guard } from './Guard';
import type { SequenceCipher } from './SequenceCipher';

/** What the routes work with. */
export interface RouterDeps {
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  controlPlane: ControlPlane;
  pushes: PushDeps;
  guard: Guard;
  guardName: NameGuard;
  guardOwner: OwnerGuard;
  follower: Pick<SourceFollower, 'connect' | 'hosts' | 'look' | 'lookedAt'>;
  /** What the catalog says of a user. */
  resolveOwnership(userEntityRef: string): Promise<UserOwnership>;
  /** What a token is good for that somebody created; it is no sign-in of Backstage. */
  pushTokens: Pick<GitHostDeps, 'authorize' | 'mayFollow'> & {
    identify: IdentifyToken;
  };
  /** So long a git token is good at most. */
  maxTokenDays: number;
  /** Names of apps and clusters in signals. */
  topics: Topics;
  /** Positions in the journal, for who may not see every app. */
  sequences: SequenceCipher;
  auditor: AuditorService;
  retention: DataRetention;
  logger: LoggerService;
  now(): Date;
  /** Whether the playground's switches are there. */
  playground: boolean;
}

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

/** Dependencies of the routes. */
export interface RouterDeps {
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  controlPlane: ControlPlane;
  pushes: PushDeps;
  guard: Guard;
  guardName: NameGuard;
  guardOwner: OwnerGuard;
  follower: Pick<SourceFollower, 'connect' | 'hosts' | 'look' | 'lookedAt'>;
  /** Returns the ownership of a user in the catalog. */
  resolveOwnership(userEntityRef: string): Promise<UserOwnership>;
  /** Authorization of tokens that a person created; such a token is no sign-in of Backstage. */
  pushTokens: Pick<GitHostDeps, 'authorize' | 'mayFollow'> & {
    identify: IdentifyToken;
  };
  /** Maximum lifetime of a git token. */
  maxTokenDays: number;
  /** Opaque names of apps and clusters in signals. */
  topics: Topics;
  /** Opaque positions in the journal, for callers who may not see every app. */
  sequences: SequenceCipher;
  auditor: AuditorService;
  retention: DataRetention;
  logger: LoggerService;
  now(): Date;
  /** Whether the playground's switches exist. */
  playground: boolean;
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Provisioner } from '@callboard/plugin-callboard-core';
import type { Problem } from '@callboard/plugin-callboard-common';
import type {
  Builder,
  ClusterConnection,
  ClusterSource,
  DeliveryEngine,
  RegisteredCluster,
  PortalSecrets,
  PrometheusServers,
  RevisionSource,
  SecretCipher,
} from '@callboard/plugin-callboard-node';
import type { WriteGuard } from '@callboard/plugin-callboard-clusters-node';
import type { Knex } from 'knex';
import type { AgentDeps } from './AgentDeps';
import type { Intervals } from './Intervals';
import type { Platform } from './Platform';
import type { PullCredentials } from './reconcile/delivery/PullCredentials';
import type { Timers } from './Timers';

/** Everything the control plane needs from outside. */
export interface ControlPlaneDeps {
  /** A database on which `migrateStore` has run. */
  knex: Knex;
  clusterSources: readonly ClusterSource[];
  /** Without it no cluster can join by dialing out. */
  agents?: AgentDeps;
  builders: readonly Builder[];
  /** Name of the builder for environments that name none. */
  defaultBuilder: string;
  /** Who clusters are at registries whose images are not for everybody. Asked at each look: they may change. None when omitted. */
  pullCredentials?(): readonly PullCredentials[];
  platform: Platform;
  /** Of modules; what is built in and what the platform's files say is added. */
  provisioners?: readonly Provisioner[];
  /** Seals what people set as secret. Without it no secret can be set. */
  secrets?: SecretCipher;
  /** Secrets of the portal that apps may refer to; none when omitted. */
  portalSecrets?: PortalSecrets;
  revisions: RevisionSource;
  /** Why no push can be stored at the moment, where the disk has too little space. */
  checkSpace?(): Promise<Problem | undefined>;
  /** How long images are kept. */
  retention?: {
    /** So many of the newest releases of each app keep theirs; 10 when omitted. */
    releases?: number;
  };
  gitTokens?: {
    /** So long a token is good at most; 365 when omitted. */
    maxDays?: number;
  };
  /** Of modules; clusters that none of them takes get objects by server-side apply. */
  deliveryEngines?: readonly DeliveryEngine[];
  /** Asks Prometheus servers at addresses. Without it only those are asked that a cluster proxies to. */
  prometheus?: PrometheusServers;
  connect(
    cluster: RegisteredCluster,
    deps: { refuseWrite: WriteGuard },
  ): ClusterConnection;
  clock: { now(): Date };
  /** Those of the process when omitted. */
  timers?: Timers;
  /** In [0, 1): spreads pauses. `Math.random` when omitted. */
  random?(): number;
  /** A new name that no other call gets: folders of builds. */
  newId(): string;
  logger: LoggerService;
  /** Where an app is pushed to. */
  cloneUrlOf(app: string): string;
  /** The address of an app that is none of a cluster; undefined where it has none. */
  appUrlOf?(of: { app: string; environment: string }): string | undefined;
  /** Page of an app, for who follows a push; a path of the portal when omitted. */
  pageUrlOf?(app: string): string;
  /** Folder for builds; made when it is not there. */
  workFolder: string;
  /** Who holds leases: another one for each process, also for the next one on the same folder. */
  holderId: string;
  /**
   * True where something else (a lock of the operating system) makes sure that
   * no other process uses the database: leases of former processes are then free
   * at once, and a restart need not wait until they have run out.
   */
  isSoleProcess?: boolean;
  intervals?: Partial<Intervals>;
}

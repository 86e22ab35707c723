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
  /** Without it no cluster can join with an agent. */
  agents?: AgentDeps;
  builders: readonly Builder[];
  /** Name of the builder for environments that name none. */
  defaultBuilder: string;
  /**
   * Credentials of clusters at registries that are not public. Called at each
   * reconcile: they may change. None when omitted.
   */
  pullCredentials?(): readonly PullCredentials[];
  platform: Platform;
  /** Of modules; the built-in ones and those of the platform's files are added. */
  provisioners?: readonly Provisioner[];
  /** Encrypts secret settings. Without it no secret can be set. */
  secrets?: SecretCipher;
  /** Secrets of the portal that apps may refer to; none when omitted. */
  portalSecrets?: PortalSecrets;
  revisions: RevisionSource;
  /** Why no push can be stored at the moment, where the disk has too little space. */
  checkSpace?(): Promise<Problem | undefined>;
  /** How long images are kept. */
  retention?: {
    /** The number of newest releases of each app that keep their images; 10 when omitted. */
    releases?: number;
  };
  gitTokens?: {
    /** Maximum validity of a token; 365 when omitted. */
    maxDays?: number;
  };
  /** Of modules; clusters that none of them supports get objects by server-side apply. */
  deliveryEngines?: readonly DeliveryEngine[];
  /** Queries Prometheus servers at addresses. Without it only those that a cluster proxies to are queried. */
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
  /** Returns a unique name, for folders of builds. */
  newId(): string;
  logger: LoggerService;
  /** Returns the URL to which an app is pushed. */
  cloneUrlOf(app: string): string;
  /** Returns the address of an app that is independent of clusters; undefined where it has none. */
  appUrlOf?(of: { app: string; environment: string }): string | undefined;
  /** Page of an app, printed in the output of a push; a path of the portal when omitted. */
  pageUrlOf?(app: string): string;
  /** Folder for builds; created when it does not exist. */
  workFolder: string;
  /** Identifies the holder of leases: unique for each process, also for the next one on the same folder. */
  holderId: string;
  /**
   * True where something else (a lock of the operating system) makes sure that
   * no other process uses the database: leases of former processes are then
   * free at once, and a restart need not wait until they have expired.
   */
  isSoleProcess?: boolean;
  intervals?: Partial<Intervals>;
}

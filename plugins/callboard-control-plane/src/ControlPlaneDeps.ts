import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  HealthRule,
  ModulePlacementRule,
  Provisioner,
} from '@callboard/plugin-callboard-core';
import type {
  BlueprintFile,
  ClusterFile,
  ClusterSetFile,
  EnvironmentFile,
  PolicyFile,
  Problem,
  ProvisionerFile,
} from '@callboard/plugin-callboard-common';
import type {
  Builder,
  ClusterConnection,
  ClusterSource,
  DeliveryEngine,
  RegisteredCluster,
  PortalSecrets,
  RevisionSource,
  SecretCipher,
} from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';
import type { AgentDeps } from './AgentDeps';
import type { PullCredentials } from './reconcile/delivery/PullCredentials';
import type { Timers } from './Timers';

/** The platform team's files, parsed. Read again at every look around, so that they may change under a running process. */
export interface Platform {
  readonly environments: readonly EnvironmentFile[];
  readonly blueprints: readonly BlueprintFile[];
  /** What the platform says of clusters that a source only knows how to reach; found by name. */
  readonly clusterFiles?: readonly ClusterFile[];
  /** Clusters that belong together by their labels. */
  readonly clusterSets?: readonly ClusterSetFile[];
  /** How objects of some kinds are judged; goes before our own rules. Another list when anything in it changed. */
  readonly healthRules?: readonly HealthRule[];
  /** How the platform gives resources. */
  readonly provisioners?: readonly ProvisionerFile[];
  /** What modules add to the rules of placement. */
  readonly placementRules?: readonly ModulePlacementRule[];
  /** What releases have to hold to. Another list when anything in it changed. */
  readonly policies?: readonly PolicyFile[];
}

/** How long things may take. Each has a default that fits a portal; tests choose shorter ones. */
export interface Intervals {
  /** One build. */
  buildDeadlineMs: number;
  /** One run of any other reconciler. */
  runDeadlineMs: number;
  /** Everything is looked at again after this, whatever was missed. */
  resyncMs: number;
  /** A process that died is replaced after this. */
  leaseTtlMs: number;
  /** How soon another process's changes are seen. */
  tailMs: number;
  backOffFirstMs: number;
  backOffMaxMs: number;
  /** A cluster that was lost must be in contact for so long before apps come back to it. */
  failbackSteadyMs: number;
  /** So many apps come back to one cluster within an interval. */
  failbackMoves: number;
  failbackIntervalMs: number;
  /** How often what apps use is read from each cluster. */
  usageMs: number;
  /** A cluster that does not say is asked again after this at the latest. */
  usageBackOffMaxMs: number;
  /** After so long without news a pusher is told what is waited for. */
  pushQuietMs: number;
  /** A pusher who waits so long is let go once it is known for certain what is wrong… */
  pushTroubleMs: number;
  /** …and after this in any case. */
  pushPatienceMs: number;
}

export const DEFAULT_INTERVALS: Intervals = {
  buildDeadlineMs: 10 * 60_000,
  runDeadlineMs: 60_000,
  resyncMs: 60_000,
  leaseTtlMs: 15_000,
  tailMs: 1_000,
  backOffFirstMs: 500,
  backOffMaxMs: 60_000,
  failbackSteadyMs: 10 * 60_000,
  failbackMoves: 5,
  failbackIntervalMs: 60_000,
  usageMs: 60_000,
  usageBackOffMaxMs: 10 * 60_000,
  pushQuietMs: 10_000,
  pushTroubleMs: 30_000, // what starts more slowly is told as what is not ready yet
  pushPatienceMs: 180_000,
};

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
  connect(cluster: RegisteredCluster): ClusterConnection;
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

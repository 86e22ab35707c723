import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Provisioner } from '@callboard/plugin-callboard-core';
import type { Problem } from '@callboard/plugin-callboard-common';
import type {
  AppLocks,
  Builder,
  ClusterConnection,
  ClusterSource,
  DeliveryEngine,
  PortalSecrets,
  PrometheusServers,
  RegisteredCluster,
  RevisionSource,
  SecretCipher,
} from '@callboard/plugin-callboard-node';
import type { WriteGuard } from '@callboard/plugin-callboard-clusters-node';
import type { Knex } from 'knex';
import type { AgentDeps } from '../AgentDeps';
import type { Intervals } from '../Intervals';
import type { Platform } from '../Platform';
import type { StoreCondition } from '../store';
import type { Timers } from '../Timers';
import type { BlueprintsInUse } from './blueprints/BlueprintsInUse';
import type { ChangeFeed } from './ChangeFeed';
import type { PullCredentials } from './delivery/PullCredentials';
import type { RenderedApps } from './delivery/RenderedApps';
import type { Fleet } from './fleet/Fleet';
import type { LeaseKeeper } from './LeaseKeeper';
import type { HealthRulesInUse } from './observing/HealthRulesInUse';
import type { FleetSnapshots } from './placing/readFleet';
import type { ReleaseWorkloadsCache } from './placing/ReleaseWorkloads';
import type { SecretMasks } from './settings/SecretMasks';
import type { Work } from './Work';

/*
 * Roles of reconcilers and use cases. A function names the roles that it needs
 * and gets no more; `ReconcileLoop` creates everything once and has all roles.
 * `deps` are passed in, the rest is created with the loop.
 */

/** Reads what is recorded, as of an instant, with the platform's files. */
export interface FactReader {
  deps: { knex: Knex; clock: { now(): Date }; platform: Platform };
}

/** Records a change with its journal entries; then publishes it and queues the work that follows. */
export type Recorder = FactReader & {
  deps: { logger: LoggerService; timers?: Timers; newId(): string };
  changes: ChangeFeed;
  queue: { add(work: Work): void; addAfter(work: Work, ms: number): void };
};

/** Checks which clusters and decisions belong to this process. */
export interface LeaseHolder {
  leases: LeaseKeeper;
}

/** Records what was prepared under a lease; rolled back where that is no longer held. */
export type LeasedRecorder = Recorder & LeaseHolder;

/** Reads the fleet: the database, and clusters as this process sees them. */
export type FleetReader = FactReader & { fleet: Fleet };

/** Decides where apps go. */
export type Placer = FleetReader & {
  /** The parts of releases that placement reads. */
  releases: ReleaseWorkloadsCache;
};

/** Decides where apps go, with one snapshot for many that are requested together, and records it. */
export type PlacementRecorder = Placer &
  LeasedRecorder & { fleetSnapshots: FleetSnapshots };

/** Renders what was pushed or released as the objects that clusters would get. */
export type ReleaseRenderer = FactReader & {
  deps: {
    builders: readonly Builder[];
    defaultBuilder: string;
    provisioners?: readonly Provisioner[];
    pullCredentials?(): readonly PullCredentials[];
  };
};

/** Judges releases where they are to go. */
export type ReleaseJudge = Placer & ReleaseRenderer;

/** Opens and seals secrets of apps. */
export interface SecretReader {
  deps: { knex: Knex; secrets?: SecretCipher; portalSecrets?: PortalSecrets };
}

/** Hides secrets of apps in what is shown or kept. */
export type SecretMasker = SecretReader & { secretMasks: SecretMasks };

/** Waits for time to pass. */
export interface Timekeeper {
  timers: Timers;
  intervals: Intervals;
}

/** Waits for published changes. */
export type ChangeListener = { changes: ChangeFeed; timers: Timers };

/** Communicates with agents that connected. */
export interface AgentHost {
  deps: { agents?: AgentDeps };
}

/** Builds the data of pages, with the addresses on them. */
export type PageReader = FleetReader &
  AgentHost & {
    deps: {
      cloneUrlOf(app: string): string;
      appUrlOf?(of: { app: string; environment: string }): string | undefined;
      pageUrlOf?(app: string): string;
    };
  };

/** Knows which versions of blueprints are used. */
export type BlueprintReader = FactReader & { blueprints: BlueprintsInUse };

/** Reads which images releases have, and how long they are kept. */
export type ImageReader = FactReader & {
  deps: { builders: readonly Builder[]; retention?: { releases?: number } };
};

/** Removes images that nothing runs any more. */
export type ImageRemover = ImageReader &
  LeasedRecorder & {
    /** Serializes builds of an app and the removal of its images. */
    imageTurns: AppLocks;
  };

/** Builds what was pushed and records the release. */
export type ReleaseBuilder = LeasedRecorder &
  SecretMasker & {
    deps: {
      builders: readonly Builder[];
      revisions: RevisionSource;
      workFolder: string;
    };
    imageTurns: AppLocks;
    timers: Timers;
    /** True once the process stops: work that was cut short then did not fail. */
    isStopping(): boolean;
  };

/** Determines the desired state of a deployment. */
export type DesireReader = FleetReader &
  ReleaseRenderer & {
    /** Rendered releases, shared by all clusters that get the same. */
    rendered: RenderedApps;
  };

/** Applies deployments to clusters, removes them, and records the results. */
export type Deliverer = DesireReader &
  LeasedRecorder &
  SecretMasker & { deps: { deliveryEngines?: readonly DeliveryEngine[] } };

/** Keeps in contact with clusters and watches what runs on them. */
export type ClusterWatcher = DesireReader &
  LeasedRecorder &
  Timekeeper & {
    deps: {
      prometheus?: PrometheusServers;
      connect(
        cluster: RegisteredCluster,
        deps: { refuseWrite: WriteGuard },
      ): ClusterConnection;
      isSoleProcess?: boolean;
      random?(): number;
    };
    /** Rules by which objects are judged. */
    health: HealthRulesInUse;
    isStopping(): boolean;
  };

/** Asks the process that reaches a cluster for what only that process can read, and answers others. */
export interface ClusterAsker extends Timekeeper {
  deps: {
    knex: Knex;
    clock: { now(): Date };
    holderId: string;
    logger: LoggerService;
    newId(): string;
  };
}

/** Reads logs and objects from the clusters themselves. */
export type ClusterReader = FleetReader &
  SecretMasker &
  ClusterAsker & { health: HealthRulesInUse };

/** Registers clusters and removes them. */
export type ClusterRegistrar = Recorder &
  AgentHost & {
    deps: { clusterSources: readonly ClusterSource[] };
    /** Resyncs everything: a cluster was added or removed. */
    resync(): Promise<void>;
  };

/** Checks whether the database and the disk accept changes. */
export interface StoreWatcher {
  deps: {
    checkSpace?(): Promise<Problem | undefined>;
    isSoleProcess?: boolean;
  };
  condition: StoreCondition;
}

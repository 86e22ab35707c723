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
 * The parts that reconcilers and use cases play. A function names the parts that
 * it plays and gets no more; `ReconcileLoop` makes everything once and plays all
 * of them. `deps` came from outside, the rest is made with the loop.
 */

/** Reads what is recorded, as of an instant, with what the platform's files say. */
export interface FactReader {
  deps: { knex: Knex; clock: { now(): Date }; platform: Platform };
}

/** Records a change with its journal entries; then tells of it and wakes who works on what follows. */
export type Recorder = FactReader & {
  deps: { logger: LoggerService; timers?: Timers; newId(): string };
  changes: ChangeFeed;
  queue: { add(work: Work): void; addAfter(work: Work, ms: number): void };
};

/** Knows which clusters and decisions are this process's. */
export interface LeaseHolder {
  leases: LeaseKeeper;
}

/** Records what was prepared under a lease; undone where that is no longer held. */
export type LeasedRecorder = Recorder & LeaseHolder;

/** Reads the fleet: the record, and clusters as this process sees them. */
export type FleetReader = FactReader & { fleet: Fleet };

/** Decides where apps go. */
export type Placer = FleetReader & {
  /** What placement reads of releases. */
  releases: ReleaseWorkloadsCache;
};

/** Decides where apps go once for many that are asked for together, and records it. */
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

/** Waits for what is told of changes. */
export type ChangeListener = { changes: ChangeFeed; timers: Timers };

/** Speaks with agents that dialed in. */
export interface AgentHost {
  deps: { agents?: AgentDeps };
}

/** Makes what pages show, with the addresses on them. */
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
    /** Builds of an app and the removal of its images go one after the other. */
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
    /** True once everything is to end: what was cut short then is not a failure. */
    isStopping(): boolean;
  };

/** Finds what a deployment is to be. */
export type DesireReader = FleetReader &
  ReleaseRenderer & {
    /** What releases become on clusters. */
    rendered: RenderedApps;
  };

/** Brings deployments to clusters, takes them away, and records what was found. */
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
    /** By which objects are judged. */
    health: HealthRulesInUse;
    isStopping(): boolean;
  };

/** Asks the process that reaches a cluster what only that can read, and answers others. */
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
    /** Looks at everything again: another cluster is there, or one is not any more. */
    resync(): Promise<void>;
  };

/** Knows whether the database and the disk take changes. */
export interface StoreWatcher {
  deps: {
    checkSpace?(): Promise<Problem | undefined>;
    isSoleProcess?: boolean;
  };
  condition: StoreCondition;
}

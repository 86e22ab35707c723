import type {
  App,
  AppChange,
  AppRemoval,
  AuditRow,
  BlueprintSummary,
  BlueprintVersionDetails,
  BlueprintWhatIf,
  ChangeSignal,
  Cluster,
  DataDeletion,
  EnvironmentAction,
  EnvironmentSummary,
  Exception,
  Exposure,
  FleetSummary,
  GitTokenView,
  IssuedGitToken,
  ClusterRegistration,
  Joining,
  JournalEntry,
  JournalKind,
  KeptData,
  KubeObject,
  KubernetesView,
  LogLine,
  ObservedApp,
  NewException,
  PlacementAnswer,
  PolicyPage,
  PolicyTrial,
  Problem,
  PromotionAnswer,
  ReleaseDetails,
  ReleaseDiff,
  RemovedCluster,
  ResourceRotation,
  AppUsage,
  ResourceView,
  Result,
  Retention,
  RolloutActionName,
  RolloutAnswer,
  SettingList,
  SettingReference,
  Timeline,
  TokenScope,
  TimelineLanes,
  WhatIfQuestion,
  WhatIfReport,
  BuildLog,
} from '@callboard/plugin-callboard-common';
import type { ObservedAppRecord, SourceLook, SourceRecord } from '../store';
import type { LogQuestion } from './output/readLogs';
import type { AddressToProbe, ProbedAddress } from './probes/types';
import type {
  AddressProbe,
  OperationAction,
  UptimeGap,
} from '@callboard/plugin-callboard-core';
import type {
  Actor,
  ChosenClusters,
  PushRecord,
} from '@callboard/plugin-callboard-node';

/** One step of a push as it happens; the same for every reader. */
export interface PushStep {
  /** What a person reads, at most 72 columns. */
  line: string;
  kind: 'info' | 'done' | 'failed';
}

/** Documents attached to images: their contents (CycloneDX), and their origin (SLSA). */
export type EvidenceKind = 'sbom' | 'provenance';

/** Reads take `at` and answer as of that instant; without it, as of now. */
export interface ReadOptions {
  at?: Date;
}

/** Reads that are not about one app, for a caller who may not see every app. */
export interface SharedReadOptions extends ReadOptions {
  /** Names of the apps to include; all when omitted. */
  onlyApps?: readonly string[];
}

/** Which releases of an app to list: as of an instant, before one of them, and at most how many. */
export interface ReleaseFilter extends ReadOptions {
  before?: number;
  limit?: number;
}

/** Images that the next sweep removes. */
export interface ImageRetention extends Pick<Retention, 'releases' | 'images'> {
  problems: Problem[];
}

/** What a sweep removed, and why it did not remove more. */
export interface SweptImages {
  images: number;
  bytes: number;
  problems: Problem[];
}

/** Two releases of an app, as an environment would run them. */
export interface ReleaseDiffQuestion {
  app: string;
  environment: string;
  release: number;
  /** The release of the environment when omitted. */
  from?: number;
}

/** Which part of an app's history a timeline shows. */
export interface TimelineQuestion extends ReadOptions {
  /** RFC 3339; seven days before `to` when omitted, or where history begins. */
  from?: string;
  /** RFC 3339; the instant of the read when omitted. */
  to?: string;
  /** Environments when omitted. */
  lanes?: TimelineLanes;
}

/** Holder of a git token. */
export type GitTokenHolder =
  | {
      kind: 'person';
      userEntityRef: string;
      /** The catalog knew the person when the token was made: the token ends when the catalog no longer does. */
      inCatalog: boolean;
      /** Name of the token. */
      token: string;
      scope: TokenScope;
    }
  | {
      kind: 'app';
      /** The only app that it is valid for. */
      app: string;
      /** Owner of the app, on whose behalf it pushes. */
      owner: string;
      /** For the journal: `token:shop/ci`. */
      actor: string;
      /** Name of the token. */
      token: string;
    };

/** Caller of an operation on git tokens. */
export interface GitTokenAsker {
  /** Entity reference of the person. */
  person: string;
  /** Whether they may push to an app, and therefore manage its tokens. */
  mayPush(app: Pick<App, 'name' | 'owner'>): boolean;
}

/**
 * All operations of Callboard that other parts may call. HTTP, git host,
 * catalog and templates use it; permissions were checked before.
 */
export interface ControlPlane extends PushRecord {
  start(): Promise<void>;
  /** Stops every loop; nothing is left half recorded. */
  stop(): Promise<void>;

  /** Follows a pushed revision until it is Healthy, has failed, or `signal` aborts. Survives restarts: it only reads. */
  followPush(
    app: string,
    commit: string,
    signal: AbortSignal,
  ): AsyncIterable<PushStep>;

  /** Returns the number of the release that a pushed commit becomes, once it exists. Waits until `signal` aborts. */
  awaitRelease(
    push: { app: string; commit: string },
    signal: AbortSignal,
  ): Promise<Result<number>>;

  /** Follows a release from its push on, as its pusher did. */
  followRelease(
    of: { app: string; release: number },
    signal: AbortSignal,
  ): Promise<Result<AsyncIterable<PushStep>>>;

  /** Deploys release `number` to an environment. */
  promote(input: {
    app: string;
    environment: string;
    release: number;
    actor: Actor;
    /** Entity references the actor acts for: the required approver may be among them. */
    ownershipRefs?: string[];
    /** False where permissions do not let the actor promote this app: then only an approval of theirs counts. */
    mayPromote?: boolean;
    /** Release that the actor saw there, null for none: refused when another one is there by now. */
    replaces?: number | null;
    /** In words of the actor. */
    why?: string;
  }): Promise<Result<PromotionAnswer>>;

  /** Pauses, resumes, aborts or rolls back a rollout. An action that has already taken effect succeeds. */
  steerRollout(input: {
    app: string;
    environment: string;
    action: RolloutActionName;
    actor: Actor;
    /** As for a promotion: a rollback may need an approval. */
    ownershipRefs?: string[];
    mayPromote?: boolean;
    /** Of the rollout that the actor saw: refused when the action would have another effect by now. */
    version?: string;
  }): Promise<Result<void>>;

  /** Stops, starts, restarts or scales an app in an environment, or describes the effect. */
  operateEnvironment(input: {
    app: string;
    environment: string;
    action: OperationAction;
    actor: Actor;
    mayPromote?: boolean;
    /** In words, for the journal. */
    why?: string;
    /** Of a restart: a repeated request restarts only once. */
    requestId?: string;
    /** Only describes the effect. */
    dryRun?: boolean;
  }): Promise<Result<EnvironmentAction>>;

  /** Removes an app from an environment, deletes it where none is named, or describes the effect. */
  removeApp(input: {
    app: string;
    /** All of them, and the app itself, when omitted. */
    environment?: string;
    actor: Actor;
    /** False where permissions do not let the actor remove this app. */
    mayRemove?: boolean;
    /** The name of the app, by which a person confirms. */
    confirm?: string;
    /** In words, for the journal. */
    why?: string;
    /** Only describes the effect. */
    dryRun?: boolean;
  }): Promise<Result<AppRemoval>>;

  /** Changes the title, description or owner of an app, or describes the effect. */
  changeApp(input: {
    app: string;
    /** The owner by which the actor's permission was judged: refused where the app has another one by now. */
    owner: string;
    actor: Actor;
    /** The new values; an empty title is the app's name, an empty description none. */
    asked: { title?: string; description?: string; owner?: string };
    /** Entity references the actor acts for; a program is not restricted to any. */
    ownershipRefs?: string[];
    /** In words, for the journal. */
    why?: string;
    /** Only describes the effect. */
    dryRun?: boolean;
  }): Promise<Result<AppChange>>;

  /** Lists the resources that the release of an environment requests; never the values of their secrets. */
  listResources(
    app: string,
    environment: string,
  ): Promise<Result<ResourceView[]>>;

  /** Usage of the app's instances, with their requests and limits. */
  getUsage(app: string, environment: string): Promise<Result<AppUsage>>;

  /** Generates new secrets for a resource, and restarts the workloads that read them. */
  rotateSecrets(input: {
    app: string;
    environment: string;
    /** Name of the resource's objects. */
    resource: string;
    actor: Actor;
    mayPromote?: boolean;
  }): Promise<Result<ResourceRotation>>;

  /** Data that the app left on clusters where it no longer runs; also of a deleted app. */
  listKeptData(question: {
    app: string;
    at?: Date;
    /** The reader; the next fields determine whether the reader may delete it. */
    actor: Actor;
    ownershipRefs?: string[];
    mayPromote?: boolean;
  }): Promise<Result<KeptData[]>>;

  /** Data left by deleted apps whose names are not used again, by app, environment and cluster. */
  listDataOfDeletedApps(question: {
    at?: Date;
    /** All of them when omitted. */
    onlyApps?: readonly string[];
    /** The last one that was read. */
    after?: Pick<KeptData, 'app' | 'environment' | 'cluster'>;
    limit: number;
    /** The reader; the next fields determine what the reader may delete. */
    actor: Actor;
    ownershipRefs?: string[];
    /** By the last owner of the app. */
    mayPromote(app: Pick<App, 'name' | 'owner'>): boolean;
  }): Promise<KeptData[]>;

  /**
   * Deletes the data that an app left on a cluster; also of a deleted app.
   *
   * @param input - with `forget` it is only removed from the list, for a
   *   cluster that is not registered
   */
  deleteData(input: {
    app: string;
    environment: string;
    cluster: string;
    forget?: boolean;
    actor: Actor;
    /** Entity references the actor acts for, including the actor: approvers are among them. */
    ownershipRefs?: string[];
    mayPromote?: boolean;
  }): Promise<Result<DataDeletion>>;

  /** Settings of an app in an environment, or for all of them; never the value of a secret. */
  listSettings(question: {
    app: string;
    /** All environments when omitted. */
    environment?: string;
    at?: Date;
  }): Promise<Result<SettingList>>;

  /** Sets, removes or takes back a variable or a secret; clusters receive it as they receive a release. */
  changeSetting(
    request: {
      app: string;
      /** All environments when omitted. */
      environment?: string;
      name: string;
      actor: string;
      /** As for a promotion. */
      ownershipRefs?: string[];
      mayPromote?: boolean;
      /** In words, for the journal. */
      why?: string;
    },
    turn:
      | { kind: 'set'; value: string; secret: boolean }
      /** A reference to a secret that is kept elsewhere. */
      | { kind: 'refer'; reference: SettingReference }
      | { kind: 'remove' }
      /** Restores the content before the change of this number. */
      | { kind: 'take-back'; version: number },
  ): Promise<Result<{ version: number }>>;

  /** The external source that an app follows; undefined where its code is pushed here. */
  findSource(app: string): Promise<SourceRecord | undefined>;
  /** The sources of all apps, by app name. */
  listSources(): Promise<SourceRecord[]>;
  /** Makes an app follow an external branch, whose newest commit was just pushed to it. */
  connectSource(
    input: Pick<SourceRecord, 'app' | 'url' | 'branch' | 'path' | 'look'> & {
      actor: Actor;
      why?: string;
    },
  ): Promise<Result<SourceRecord>>;
  /** Makes an app accept pushes again. */
  disconnectSource(input: {
    app: string;
    actor: Actor;
    why?: string;
  }): Promise<Result<void>>;
  /** Records the result of a poll of an app's source, unless the app follows another one by now. */
  noteSourceLook(input: {
    source: SourceRecord;
    look: SourceLook;
  }): Promise<void>;

  /** Addresses that the portal may probe, with their last results; undefined where another process probes. */
  findAddressesToProbe(): Promise<AddressToProbe[] | undefined>;
  /** Records probe results, and returns the current ones, by URL. */
  noteProbes(
    probed: readonly ProbedAddress[],
  ): Promise<ReadonlyMap<string, AddressProbe>>;

  /** Sets the components of the catalog that are observed from now on: these and no others. */
  syncObservedApps(apps: readonly ObservedAppRecord[]): Promise<void>;
  /** Objects of a component of the catalog that Callboard did not deploy; undefined where it is not observed. */
  getObservedApp(
    entityRef: string,
    options?: ReadOptions,
  ): Promise<ObservedApp | undefined>;

  /** Makes a git token; the answer holds it, and it is not kept. */
  createGitToken(
    input: GitTokenAsker & {
      name: string;
      /** 90 when omitted, or the allowed maximum. */
      expiresInDays?: number;
      /** For machines, which may push to this app; for the person when omitted. */
      app?: string;
      /** What it gives access to; git when omitted. */
      scope?: TokenScope;
      /** Whether the catalog knows the person. */
      inCatalog: boolean;
      actor: Actor;
    },
  ): Promise<Result<IssuedGitToken>>;
  /** Tokens of a person, and of apps that they may push to; of one app where it is named. Newest first. */
  listGitTokens(
    question: GitTokenAsker & {
      /** Entity references the person acts for: their apps are included. */
      ownershipRefs: readonly string[];
      app?: string;
    },
  ): Promise<GitTokenView[]>;
  revokeGitToken(
    input: GitTokenAsker & { id: string; actor: Actor },
  ): Promise<Result<void>>;
  /** Returns the holder of a git token, or why it is no longer valid. */
  admitGitToken(token: string): Promise<Result<GitTokenHolder>>;

  /** Probes the database. Returns the problem, where it does not answer. */
  probeStore(): Promise<Problem | undefined>;

  /** Name and owner of an app, by which permissions are judged. */
  findOwnedApp(
    app: string,
    options?: {
      /** Also for a deleted app: its last state. */
      orDeleted?: boolean;
    },
  ): Promise<
    (Pick<App, 'name' | 'owner'> & { isDeleted?: boolean }) | undefined
  >;
  /** Names and last owners of deleted apps whose names are not used again, by name. */
  listDeletedApps(): Promise<Array<Pick<App, 'name' | 'owner'>>>;
  listApps(options?: ReadOptions): Promise<App[]>;
  getApp(app: string, options?: ReadOptions): Promise<Result<App>>;
  /** Newest first. */
  listReleases(
    app: string,
    options?: ReleaseFilter,
  ): Promise<Result<ReleaseDetails[]>>;
  /** Releases and incidents in a window of time. */
  readTimeline(
    app: string,
    question?: TimelineQuestion,
  ): Promise<Result<Timeline>>;
  /** Output of the newest build of a revision so far; its first and its last lines. */
  readBuildLog(of: {
    app: string;
    revision: string;
  }): Promise<Result<BuildLog>>;
  /** The document itself, from the registry: JSON in UTF-8, in pieces. Of the release's first image that has one where `image` is omitted. */
  readReleaseEvidence(input: {
    app: string;
    release: number;
    kind: EvidenceKind;
    image?: string;
  }): Promise<Result<readonly Uint8Array[]>>;
  getPlacement(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<Result<PlacementAnswer>>;
  /** Differences of the objects on clusters if a release were there instead of `from`, or of the current one. */
  diffReleases(of: ReleaseDiffQuestion): Promise<Result<ReleaseDiff>>;
  /** The newest rollout of an environment, under way or finished. */
  getRollout(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<Result<RolloutAnswer>>;
  /** Addresses of an app in an environment, by cluster; empty while no instance is ready. */
  findAddresses(of: { app: string; environment: string }): Promise<string[]>;
  /** The last output of an app in an environment; a cluster that cannot be read is a line that says so. */
  readLogs(question: LogQuestion): Promise<Result<LogLine[]>>;
  /** The same, and later lines, until the signal aborts. @returns why there is nothing to follow */
  followLogs(
    question: LogQuestion,
    signal: AbortSignal,
  ): AsyncGenerator<LogLine[], Problem | undefined>;
  readKubernetesView(input: {
    app: string;
    environment: string;
    cluster: string;
  }): Promise<Result<KubernetesView>>;

  /** The policies by name, with the running releases that violate them. */
  listPolicies(
    options?: Pick<SharedReadOptions, 'onlyApps'>,
  ): Promise<Omit<PolicyPage, 'nextCursor'>>;
  /** What a policy would have refused in the last days, had it denied. Changes nothing. */
  tryPolicy(
    question: { policy: string; days: number } & Pick<
      SharedReadOptions,
      'onlyApps'
    >,
  ): Promise<Result<PolicyTrial>>;
  /** Exceptions that are in force now, the first to expire first. */
  listExceptions(
    options?: Pick<SharedReadOptions, 'onlyApps'>,
  ): Promise<Exception[]>;
  createException(
    input: NewException & { actor: Actor },
  ): Promise<Result<Exception>>;
  endException(input: { id: string; actor: Actor }): Promise<Result<void>>;

  /** Every version of every blueprint: by name, the newest version first. */
  listBlueprints(options?: ReadOptions): Promise<BlueprintSummary[]>;
  /** The platform's environments, in the order of promotion. */
  listEnvironments(options?: SharedReadOptions): Promise<EnvironmentSummary[]>;

  /** What a version inherits and contains, the state of its add-ons over the fleet, and where it runs. */
  getBlueprintVersion(
    of: { blueprint: string; version: number },
    options?: ReadOptions,
  ): Promise<Result<BlueprintVersionDetails>>;

  /** What a rollout of a version would change, and on which clusters; also for drafts. */
  askBlueprintWhatIf(of: {
    /** Others are counted and not named; all are named where omitted. */
    onlyApps?: readonly string[];
    blueprint: string;
    version: number;
  }): Promise<Result<BlueprintWhatIf>>;

  /** Starts to roll out a version over the clusters that follow it. */
  startBlueprintRollout(input: {
    blueprint: string;
    version: number;
    why: string;
    /** In the format of an environment's `rollout`, with `decisionGroups`; that of the environments when omitted. */
    strategy?: Record<string, unknown>;
    actor: string;
  }): Promise<Result<{ id: string }>>;

  getBlueprintRollout(
    of: { blueprint: string; id: string },
    options?: ReadOptions,
  ): Promise<Result<RolloutAnswer>>;

  steerBlueprintRollout(input: {
    blueprint: string;
    id: string;
    action: RolloutActionName;
    why?: string;
    /** Of the effect of the action that the actor read. */
    version?: string;
    actor: string;
  }): Promise<Result<void>>;
  getFleetSummary(options?: ReadOptions): Promise<FleetSummary>;
  /** The utilization of clusters includes all apps, whichever are listed. */
  listClusters(options?: SharedReadOptions): Promise<Cluster[]>;
  getCluster(
    cluster: string,
    options?: SharedReadOptions,
  ): Promise<Result<Cluster>>;
  /** Placement of apps if something happened to the fleet. Changes nothing. */
  askWhatIf(
    question: WhatIfQuestion,
    options?: Pick<SharedReadOptions, 'onlyApps'>,
  ): Promise<Result<WhatIfReport>>;
  /** Cordons a cluster, drains it, or lets it accept apps again. */
  scheduleCluster(input: {
    cluster: string;
    to: 'cordon' | 'drain' | 'uncordon';
    actor: Actor;
    /** In words, for the journal. */
    why?: string;
  }): Promise<Result<void>>;

  /** Sets labels of a cluster by hand: each overrides the source's until it is removed (null). */
  labelCluster(input: {
    cluster: string;
    labels: Record<string, string | null>;
    actor: Actor;
    /** In words, for the journal. */
    why?: string;
  }): Promise<Result<void>>;

  /** Whether a cluster that joins through an agent could be added now. */
  readJoining(): Promise<Joining>;
  /** Registers a cluster to join through an agent. The answer holds the token; it is not kept. */
  registerCluster(input: {
    name: string;
    labels?: Record<string, string>;
    blueprint?: string;
    exposure?: Exposure;
    actor: Actor;
  }): Promise<Result<ClusterRegistration>>;
  /** Issues a new token; the older one, and the key of an agent that joined, are no longer valid. */
  renewRegistration(input: {
    cluster: string;
    actor: Actor;
  }): Promise<Result<ClusterRegistration>>;
  /** The manifest that installs an agent in a cluster. The token authorizes reading it. */
  readInstallManifest(input: {
    cluster: string;
    token: string;
  }): Promise<Result<KubeObject[]>>;
  /** Revokes a cluster's agent and removes the cluster from the fleet. Idempotent. */
  removeCluster(input: {
    cluster: string;
    actor: Actor;
  }): Promise<Result<RemovedCluster>>;

  /** Every environment of an app that has a release, and whether it runs where it should; unordered. */
  readAudit(options?: ReadOptions): Promise<{ at: Date; rows: AuditRow[] }>;

  /** The clusters chosen for every environment of every app; undefined where another process decides. */
  listPlacements(): Promise<ChosenClusters[] | undefined>;

  /** Images that the next sweep removes. Changes nothing. */
  readRetention(): Promise<ImageRetention>;
  /** Removes images of old releases that do not run; undefined where another process does it. */
  sweepImages(signal: AbortSignal): Promise<SweptImages | undefined>;

  /** The identity of the database; `proposed` from now on where it has none. */
  identify(proposed: string): Promise<string>;

  /** The first instant that a read `at` can answer. */
  getHistoryStart(): Promise<Date>;

  /** The period without recording that contains an instant; undefined where there is none. */
  findGap(at: Date): Promise<UptimeGap | undefined>;

  listJournal(filter: {
    app?: string;
    cluster?: string;
    actor?: string;
    kind?: JournalKind;
    /** Entries of these apps, and those that belong to no app. */
    onlyApps?: readonly string[];
    /** Only entries with a smaller sequence. */
    before?: number;
    limit?: number;
    /** Only what had happened by this instant. */
    at?: Date;
  }): Promise<JournalEntry[]>;

  /**
   * Calls back after changes were recorded: at once after a quiet period,
   * otherwise with those collected in the meantime, each once. Reads that begin
   * afterwards include them. Returns a function that stops it.
   */
  onChanges(listener: (changes: ChangeSignal[]) => void): () => void;
}

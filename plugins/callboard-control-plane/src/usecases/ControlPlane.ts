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

/** One step of a push as it happens; the same for everybody who looks. */
export interface PushStep {
  /** What a person reads, at most 72 columns. */
  line: string;
  kind: 'info' | 'done' | 'failed';
}

/** What is attached to images: what is inside (CycloneDX), and where it came from (SLSA). */
export type EvidenceKind = 'sbom' | 'provenance';

/** Reads take `at` and answer as it was then; without it, as it is. */
export interface ReadOptions {
  at?: Date;
}

/** Reads that are not about one app, for somebody who may not see every app. */
export interface SharedReadOptions extends ReadOptions {
  /** Names of the apps that count; all when omitted. */
  onlyApps?: readonly string[];
}

/** Which releases of an app: as they were, older than one of them, and how many at most. */
export interface ReleaseFilter extends ReadOptions {
  before?: number;
  limit?: number;
}

/** Images that the next sweep removes. */
export interface ImageRetention extends Pick<Retention, 'releases' | 'images'> {
  problems: Problem[];
}

/** What a sweep removed, and why not more. */
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

/** Whom a git token stands for. */
export type GitTokenHolder =
  | {
      kind: 'person';
      userEntityRef: string;
      /** The catalog knew the person when the token was made: who is not there any longer has no token. */
      inCatalog: boolean;
      /** Name of the token. */
      token: string;
      scope: TokenScope;
    }
  | {
      kind: 'app';
      /** The only app that it is good for. */
      app: string;
      /** Of the app, for whom it pushes. */
      owner: string;
      /** For the journal: `token:shop/ci`. */
      actor: string;
      /** Name of the token. */
      token: string;
    };

/** Who asks about git tokens. */
export interface GitTokenAsker {
  /** Entity reference of the person. */
  person: string;
  /** Whether they may push to an app, and so have to do with its tokens. */
  mayPush(app: Pick<App, 'name' | 'owner'>): boolean;
}

/**
 * Everything the outside may ask of or tell Callboard. HTTP, git host, catalog
 * and templates come through here; permissions were checked before.
 */
export interface ControlPlane extends PushRecord {
  start(): Promise<void>;
  /** Ends every loop; nothing is left half recorded. */
  stop(): Promise<void>;

  /** Follows a pushed revision until it is Healthy, has failed, or `signal` aborts. Survives restarts: it only reads. */
  followPush(
    app: string,
    commit: string,
    signal: AbortSignal,
  ): AsyncIterable<PushStep>;

  /** The number of the release that a pushed commit becomes, once it is one. Waits until `signal` aborts. */
  awaitRelease(
    push: { app: string; commit: string },
    signal: AbortSignal,
  ): Promise<Result<number>>;

  /** Follows a release from the push that became it, as its pusher did. */
  followRelease(
    of: { app: string; release: number },
    signal: AbortSignal,
  ): Promise<Result<AsyncIterable<PushStep>>>;

  /** Brings release `number` into an environment. */
  promote(input: {
    app: string;
    environment: string;
    release: number;
    actor: Actor;
    /** Entity references the actor acts for: who must approve may be among them. */
    ownershipRefs?: string[];
    /** False where permissions do not let the actor promote this app: then only an approval of theirs counts. */
    mayPromote?: boolean;
    /** Release that the actor saw there, null for none: refused when it is another one by now. */
    replaces?: number | null;
    /** In words of the actor. */
    why?: string;
  }): Promise<Result<PromotionAnswer>>;

  /** Pauses, resumes, aborts or rolls back a rollout. What it is asked for already is granted. */
  steerRollout(input: {
    app: string;
    environment: string;
    action: RolloutActionName;
    actor: Actor;
    /** As of a promotion: a rollback may need an approval. */
    ownershipRefs?: string[];
    mayPromote?: boolean;
    /** Of the rollout that the actor saw: refused when the action would do something else by now. */
    version?: string;
  }): Promise<Result<void>>;

  /** Stops, starts, restarts or scales an app in an environment, or says what that would do. */
  operateEnvironment(input: {
    app: string;
    environment: string;
    action: OperationAction;
    actor: Actor;
    mayPromote?: boolean;
    /** In words, for the journal. */
    why?: string;
    /** Of a restart: the same one restarts once. */
    requestId?: string;
    /** Nothing is done. */
    dryRun?: boolean;
  }): Promise<Result<EnvironmentAction>>;

  /** Takes an app out of an environment, deletes it where none is named, or says what that would do. */
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
    /** Nothing is done. */
    dryRun?: boolean;
  }): Promise<Result<AppRemoval>>;

  /** Gives an app another title, description or owner, or says what that would do. */
  changeApp(input: {
    app: string;
    /** By whom the actor's right was judged: refused where it is another one by now. */
    owner: string;
    actor: Actor;
    /** What is to be another; an empty title is the app's name, an empty description none. */
    asked: { title?: string; description?: string; owner?: string };
    /** Entity references the actor acts for; a program acts for everybody. */
    ownershipRefs?: string[];
    /** In words, for the journal. */
    why?: string;
    /** Nothing is done. */
    dryRun?: boolean;
  }): Promise<Result<AppChange>>;

  /** What the release of an environment asks for; never what its secrets are. */
  listResources(
    app: string,
    environment: string,
  ): Promise<Result<ResourceView[]>>;

  /** What the instances of an app use, against what they ask for and may have at most. */
  getUsage(app: string, environment: string): Promise<Result<AppUsage>>;

  /** Has new secrets made for a resource, and what reads them started again. */
  rotateSecrets(input: {
    app: string;
    environment: string;
    /** Name of the resource's objects. */
    resource: string;
    actor: Actor;
    mayPromote?: boolean;
  }): Promise<Result<ResourceRotation>>;

  /** Data that the app left on clusters where it does not run any more, of one that was deleted too. */
  listKeptData(question: {
    app: string;
    at?: Date;
    /** Who reads it; what follows says whether the reader may delete it. */
    actor: Actor;
    ownershipRefs?: string[];
    mayPromote?: boolean;
  }): Promise<Result<KeptData[]>>;

  /** Data that apps left which were deleted and whose names nobody uses again, by app, environment and cluster. */
  listDataOfDeletedApps(question: {
    at?: Date;
    /** All of them when omitted. */
    onlyApps?: readonly string[];
    /** The last one that was read. */
    after?: Pick<KeptData, 'app' | 'environment' | 'cluster'>;
    limit: number;
    /** Who reads it; what follows says what the reader may delete. */
    actor: Actor;
    ownershipRefs?: string[];
    /** By who owned the app last. */
    mayPromote(app: Pick<App, 'name' | 'owner'>): boolean;
  }): Promise<KeptData[]>;

  /**
   * Has the data deleted that an app left on a cluster, one that was deleted too.
   *
   * @param input - with `forget` it only strikes it off the list, of a cluster that is not registered
   */
  deleteData(input: {
    app: string;
    environment: string;
    cluster: string;
    forget?: boolean;
    actor: Actor;
    /** What the actor belongs to, himself among them: for anyone who must approve. */
    ownershipRefs?: string[];
    mayPromote?: boolean;
  }): Promise<Result<DataDeletion>>;

  /** What is set for an app in an environment, or for all of them; never what a secret is. */
  listSettings(question: {
    app: string;
    /** All environments when omitted. */
    environment?: string;
    at?: Date;
  }): Promise<Result<SettingList>>;

  /** Sets, removes or takes back a variable or a secret; clusters get it as they get a release. */
  changeSetting(
    request: {
      app: string;
      /** All environments when omitted. */
      environment?: string;
      name: string;
      actor: string;
      /** As of a promotion. */
      ownershipRefs?: string[];
      mayPromote?: boolean;
      /** In words, for the journal. */
      why?: string;
    },
    turn:
      | { kind: 'set'; value: string; secret: boolean }
      /** A secret whose value stands elsewhere. */
      | { kind: 'refer'; reference: SettingReference }
      | { kind: 'remove' }
      /** What counted before the change of this number counts again. */
      | { kind: 'take-back'; version: number },
  ): Promise<Result<{ version: number }>>;

  /** What an app follows elsewhere; undefined where its code is pushed here. */
  findSource(app: string): Promise<SourceRecord | undefined>;
  /** What all apps follow, by the app's name. */
  listSources(): Promise<SourceRecord[]>;
  /** Lets an app follow a branch elsewhere, whose newest commit was pushed to it just now. */
  connectSource(
    input: Pick<SourceRecord, 'app' | 'url' | 'branch' | 'path' | 'look'> & {
      actor: Actor;
      why?: string;
    },
  ): Promise<Result<SourceRecord>>;
  /** Lets an app be pushed to again. */
  disconnectSource(input: {
    app: string;
    actor: Actor;
    why?: string;
  }): Promise<Result<void>>;
  /** Notes how a look at what an app follows went, unless it follows something else by now. */
  noteSourceLook(input: {
    source: SourceRecord;
    look: SourceLook;
  }): Promise<void>;

  /** Addresses at which the portal may look, with what is known of them; undefined where another process looks. */
  findAddressesToProbe(): Promise<AddressToProbe[] | undefined>;
  /** Notes what looks found, and says what is known now, by URL. */
  noteProbes(
    probed: readonly ProbedAddress[],
  ): Promise<ReadonlyMap<string, AddressProbe>>;

  /** Which components of the catalog are observed from now on: these and no others. */
  syncObservedApps(apps: readonly ObservedAppRecord[]): Promise<void>;
  /** What others deployed for a component of the catalog; undefined where it is not observed. */
  getObservedApp(
    entityRef: string,
    options?: ReadOptions,
  ): Promise<ObservedApp | undefined>;

  /** Makes a git token; the answer holds it, and it is not kept. */
  createGitToken(
    input: GitTokenAsker & {
      name: string;
      /** 90 when omitted, or what is allowed at most. */
      expiresInDays?: number;
      /** For machines, which may push to this app; for the person when omitted. */
      app?: string;
      /** What it opens; git when omitted. */
      scope?: TokenScope;
      /** Whether the catalog knows the person. */
      inCatalog: boolean;
      actor: Actor;
    },
  ): Promise<Result<IssuedGitToken>>;
  /** Tokens of a person, and of apps that they may push to; of one app where it is named. Newest first. */
  listGitTokens(
    question: GitTokenAsker & {
      /** Entity references the person acts for: their apps count. */
      ownershipRefs: readonly string[];
      app?: string;
    },
  ): Promise<GitTokenView[]>;
  revokeGitToken(
    input: GitTokenAsker & { id: string; actor: Actor },
  ): Promise<Result<void>>;
  /** Whom a git token stands for now, or why it counts no more. */
  admitGitToken(token: string): Promise<Result<GitTokenHolder>>;

  /** Asks the database whether it answers. The problem, where it does not. */
  probeStore(): Promise<Problem | undefined>;

  /** Name and owner of an app, which its permissions are judged by. */
  findOwnedApp(
    app: string,
    options?: {
      /** Also of an app that was deleted: as it was last. */
      orDeleted?: boolean;
    },
  ): Promise<
    (Pick<App, 'name' | 'owner'> & { isDeleted?: boolean }) | undefined
  >;
  /** Names and last owners of deleted apps whose names nobody uses again, by name. */
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
  /** What the newest build of a revision said so far; its first and its last lines. */
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
  /** What clusters would hold otherwise, were a release there in the place of `from`, or of the one that is there. */
  diffReleases(of: ReleaseDiffQuestion): Promise<Result<ReleaseDiff>>;
  /** The newest rollout of an environment, under way or finished. */
  getRollout(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<Result<RolloutAnswer>>;
  /** Where an app answers in an environment, by cluster; empty while no instance is ready. */
  findAddresses(of: { app: string; environment: string }): Promise<string[]>;
  /** The last output of an app in an environment; a cluster that cannot be read is a line that says so. */
  readLogs(question: LogQuestion): Promise<Result<LogLine[]>>;
  /** The same, and what comes then, until the signal aborts. @returns why there is nothing to follow */
  followLogs(
    question: LogQuestion,
    signal: AbortSignal,
  ): AsyncGenerator<LogLine[], Problem | undefined>;
  readKubernetesView(input: {
    app: string;
    environment: string;
    cluster: string;
  }): Promise<Result<KubernetesView>>;

  /** The policies by name, with what runs now and violates them. */
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
  /** Exceptions that hold now, those that expire first in front. */
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

  /** What a version inherits and holds, how its add-ons are over the fleet, and where it runs. */
  getBlueprintVersion(
    of: { blueprint: string; version: number },
    options?: ReadOptions,
  ): Promise<Result<BlueprintVersionDetails>>;

  /** What a rollout of a version would change, and on which clusters. Of drafts too. */
  askBlueprintWhatIf(of: {
    /** Others are counted and not named; all are named where omitted. */
    onlyApps?: readonly string[];
    blueprint: string;
    version: number;
  }): Promise<Result<BlueprintWhatIf>>;

  /** Begins to bring a version over the clusters that follow it. */
  startBlueprintRollout(input: {
    blueprint: string;
    version: number;
    why: string;
    /** As environments write `rollout`, with `decisionGroups`; theirs when omitted. */
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
    /** Of what the action would do, as it was read. */
    version?: string;
    actor: string;
  }): Promise<Result<void>>;
  getFleetSummary(options?: ReadOptions): Promise<FleetSummary>;
  /** How full clusters are tells of every app, whichever count. */
  listClusters(options?: SharedReadOptions): Promise<Cluster[]>;
  getCluster(
    cluster: string,
    options?: SharedReadOptions,
  ): Promise<Result<Cluster>>;
  /** What would become of apps if something happened to the fleet. Changes nothing. */
  askWhatIf(
    question: WhatIfQuestion,
    options?: Pick<SharedReadOptions, 'onlyApps'>,
  ): Promise<Result<WhatIfReport>>;
  /** Says that a cluster takes nothing new, that what runs there leaves too, or that it takes apps again. */
  scheduleCluster(input: {
    cluster: string;
    to: 'cordon' | 'drain' | 'uncordon';
    actor: Actor;
    /** In words, for the journal. */
    why?: string;
  }): Promise<Result<void>>;

  /** Sets labels of a cluster by hand: each counts instead of the source's until it is taken away (null). */
  labelCluster(input: {
    cluster: string;
    labels: Record<string, string | null>;
    actor: Actor;
    /** In words, for the journal. */
    why?: string;
  }): Promise<Result<void>>;

  /** Whether a cluster that dials out could be added now. */
  readJoining(): Promise<Joining>;
  /** Registers a cluster to join by dialing out. The answer holds the token; it is not kept. */
  registerCluster(input: {
    name: string;
    labels?: Record<string, string>;
    blueprint?: string;
    exposure?: Exposure;
    actor: Actor;
  }): Promise<Result<ClusterRegistration>>;
  /** A new token; the older one, and the key of an agent that joined, count no more. */
  renewRegistration(input: {
    cluster: string;
    actor: Actor;
  }): Promise<Result<ClusterRegistration>>;
  /** What puts an agent into a cluster. Who shows the token may read it. */
  readInstallManifest(input: {
    cluster: string;
    token: string;
  }): Promise<Result<KubeObject[]>>;
  /** Revokes a cluster's agent and takes it out of the fleet. Idempotent. */
  removeCluster(input: {
    cluster: string;
    actor: Actor;
  }): Promise<Result<RemovedCluster>>;

  /** Every environment of an app that has a release, and whether it runs where it should; in no order. */
  readAudit(options?: ReadOptions): Promise<{ at: Date; rows: AuditRow[] }>;

  /** The clusters chosen for every environment of every app; undefined where another process decides. */
  listPlacements(): Promise<ChosenClusters[] | undefined>;

  /** What the next sweep removes of images. Changes nothing. */
  readRetention(): Promise<ImageRetention>;
  /** Removes images of old releases that do not run; undefined where another process is the one to do it. */
  sweepImages(signal: AbortSignal): Promise<SweptImages | undefined>;

  /** The identity of the database; `proposed` from now on where it has none. */
  identify(proposed: string): Promise<string>;

  /** The first instant that a read `at` can answer. */
  getHistoryStart(): Promise<Date>;

  /** The time in which nothing was recorded that an instant lies in; undefined where it lies in none. */
  findGap(at: Date): Promise<UptimeGap | undefined>;

  listJournal(filter: {
    app?: string;
    cluster?: string;
    actor?: string;
    kind?: JournalKind;
    /** Entries of these apps, and those of no app. */
    onlyApps?: readonly string[];
    /** Only entries with a smaller sequence. */
    before?: number;
    limit?: number;
    /** Only what had happened by then. */
    at?: Date;
  }): Promise<JournalEntry[]>;

  /**
   * Calls back after changes were recorded: at once after a quiet time, else
   * with what was collected meanwhile, each thing once. Reads that begin
   * afterwards have them. Returns how to stop.
   */
  onChanges(listener: (changes: ChangeSignal[]) => void): () => void;
}

import type {
  AppSourceAnswer,
  App,
  AppChange,
  BuildLog,
  AppRemoval,
  Audit,
  BlueprintSummary,
  EnvironmentSummary,
  BlueprintVersionDetails,
  BlueprintVersionRef,
  BlueprintWhatIf,
  Cluster,
  DataDeletion,
  EnvironmentAction,
  Exception,
  FleetSummary,
  GitTokenPage,
  IssuedGitToken,
  NewException,
  NewAppSource,
  NewGitToken,
  History,
  ClusterRegistration,
  ItemList,
  Joining,
  JournalEntry,
  JournalKind,
  KeptData,
  KubernetesView,
  LogLine,
  NewCluster,
  OperationInput,
  PlacementAnswer,
  PlaygroundIsolation,
  PolicyPage,
  PolicyTrial,
  ReleaseDetails,
  ReleaseDiff,
  RemovedCluster,
  ResourceRotation,
  AppUsage,
  ResourceView,
  RolloutActionName,
  RolloutAnswer,
  StartedBlueprintRollout,
  SbomDocument,
  SettingList,
  SettingReference,
  SettingVersion,
  Timeline,
  TimelineLanes,
  WhatIfQuestion,
  WhatIfReport,
} from '@callboard/plugin-callboard-common';

/** All policies, and the share of running apps that is judged by them. */
export type PolicyList = Omit<PolicyPage, 'nextCursor'>;

/** One app in one environment on one cluster. */
export interface DeploymentKey {
  app: string;
  environment: string;
  cluster: string;
}

/** Scope of settings: an app, or one of its environments. */
export interface SettingsRef {
  app: string;
  /** All environments when omitted. */
  environment?: string;
}

/** A change of a setting. */
export type SettingTurn =
  | { kind: 'set'; value: string; secret: boolean }
  /** A secret whose value is stored elsewhere. */
  | { kind: 'refer'; reference: SettingReference }
  | { kind: 'remove' }
  /** Reverts the last change of the setting, which has this number. */
  | { kind: 'take-back'; version: number };

/** Selects an output. */
export type LogQuestion = OperationInput<'readLogs'>['path'] &
  NonNullable<OperationInput<'readLogs'>['query']>;

/** Scheduling of a cluster: cordon, drain or accept apps again, and the reason for the journal. */
export interface SchedulingInput {
  cluster: string;
  to: 'cordon' | 'drain' | 'uncordon';
  why?: string;
}

/** Labels to set by hand; null removes one. */
export interface LabelInput {
  cluster: string;
  labels: Record<string, string | null>;
  why?: string;
}

/** Selects entries of the journal; several criteria mean "and". */
export interface JournalFilter {
  app?: string;
  cluster?: string;
  /** Entity reference of the actor. */
  actor?: string;
  kind?: JournalKind;
  /** Maximum number of entries, newest first. The API's own default when omitted. */
  limit?: number;
}

export interface ReadOptions {
  /** Aborts the request when its answer is no longer needed. */
  signal?: AbortSignal;
  /** Answers as of this instant. Output, objects and the contents of a release have no history and ignore it. */
  at?: Date;
}

/** An operation on an app in an environment. */
export interface OperateInput {
  app: string;
  environment: string;
  action: EnvironmentAction['action'];
  /** Of `scale`; the number in the files when omitted. */
  replicas?: number;
}

/** A change of an app's title, description or owner. */
export interface AppChangeInput {
  app: string;
  title?: string;
  description?: string;
  owner?: string;
}

export interface RemovalInput {
  app: string;
  environment?: string;
}

/**
 * The API as pages use it, one method per question or action. Every failure is
 * thrown as a `ProblemError`, so that a page can say what, why and what to do
 * next without knowing HTTP.
 */
export interface CallboardApi {
  /** Topic of signals about this app or cluster, from earlier answers; undefined before the first one. */
  readonly topicOf: (
    kind: 'app' | 'cluster',
    name: string,
  ) => string | undefined;

  getFleet(options?: ReadOptions): Promise<FleetSummary>;
  listClusters(options?: ReadOptions): Promise<Cluster[]>;
  getCluster(cluster: string, options?: ReadOptions): Promise<Cluster>;
  /** Whether a cluster could be added now, and if not, why. */
  getJoining(options?: ReadOptions): Promise<Joining>;
  /** Every version of every blueprint: by name, the newest version first. */
  /** Environments of the platform, in the order of promotion. */
  listEnvironments(options?: ReadOptions): Promise<EnvironmentSummary[]>;
  listBlueprints(options?: ReadOptions): Promise<BlueprintSummary[]>;
  getBlueprintVersion(
    of: BlueprintVersionRef,
    options?: ReadOptions,
  ): Promise<BlueprintVersionDetails>;
  /** Previews a rollout of a version: the changes, and the clusters. */
  askBlueprintWhatIf(
    of: BlueprintVersionRef,
    options?: ReadOptions,
  ): Promise<BlueprintWhatIf>;
  getBlueprintRollout(
    blueprint: string,
    id: string,
    options?: ReadOptions,
  ): Promise<RolloutAnswer>;
  /** Starts a rollout of a version to the clusters that follow it. */
  startBlueprintRollout(
    input: BlueprintVersionRef & { why: string },
  ): Promise<StartedBlueprintRollout>;
  steerBlueprintRollout(input: {
    blueprint: string;
    id: string;
    action: RolloutActionName;
    why?: string;
    /** Version of the rollout that was shown. */
    version?: string;
  }): Promise<void>;

  /** All policies, with their current violations. */
  listPolicies(options?: Pick<ReadOptions, 'signal'>): Promise<PolicyList>;
  /** Reports the releases of the last days that a policy would have refused. */
  tryPolicy(policy: string, days: number): Promise<PolicyTrial>;
  /** Exceptions in force, those that expire first in front. */
  listExceptions(options?: Pick<ReadOptions, 'signal'>): Promise<Exception[]>;
  createException(exception: NewException): Promise<Exception>;
  endException(id: string): Promise<void>;

  /** Whether every app runs where it should, with all rows. */
  getAudit(options?: ReadOptions): Promise<Audit>;
  /** The audit as comma-separated values. */
  exportAudit(options?: ReadOptions): Promise<string>;

  /** Start of the recorded history; with an instant, also whether anything was recorded then. */
  getHistory(options?: ReadOptions): Promise<History>;

  listApps(options?: ReadOptions): Promise<App[]>;
  getApp(app: string, options?: ReadOptions): Promise<App>;
  listReleases(app: string, options?: ReadOptions): Promise<ReleaseDetails[]>;
  /**
   * Releases and incidents from an instant on; without one, of the last week,
   * or of all history when that is shorter.
   */
  getTimeline(
    app: string,
    part: { lanes: TimelineLanes; from?: Date },
    options?: ReadOptions,
  ): Promise<Timeline>;
  /** Output of the newest build of a revision so far. */
  readBuildLog(
    of: { app: string; revision: string },
    options?: ReadOptions,
  ): Promise<BuildLog>;
  /** Contents of the images of a release, read from their registry. */
  readSbom(
    app: string,
    release: number,
    options?: ReadOptions,
  ): Promise<SbomDocument>;
  getPlacement(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<PlacementAnswer>;
  /** Changes on clusters; without `from`, compared with the current release. */
  diffReleases(
    of: { app: string; environment: string; release: number; from?: number },
    options?: ReadOptions,
  ): Promise<ReleaseDiff>;
  /**
   * Settings in force, with their author, time and readers, and those that are
   * missing. Never the value of a secret.
   */
  listSettings(of: SettingsRef, options?: ReadOptions): Promise<SettingList>;
  /** Resources that the release of an environment requests beside its workloads; always of now. */
  listResources(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<ResourceView[]>;
  /** Resource usage of the instances, with their requests and limits; always of now. */
  getUsage(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<AppUsage>;
  /** Data that the app left on clusters where it no longer runs. */
  listKeptData(app: string, options?: ReadOptions): Promise<KeptData[]>;
  /** Data of deleted apps whose names are not used again. */
  listDataOfDeletedApps(options?: ReadOptions): Promise<KeptData[]>;
  /**
   * Requests the deletion of data that an app left on a cluster; resolves once
   * it is accepted.
   *
   * @param options - `forget` only removes it from the list, for a cluster that
   *   is not registered
   */
  deleteData(
    deployment: DeploymentKey,
    options: { forget: boolean },
  ): Promise<DataDeletion>;
  /** The newest rollout, wave by wave. */
  getRollout(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<RolloutAnswer>;
  /**
   * Streams the output of an app in an environment, in batches of lines. Ends
   * by itself; with `follow` when the signal aborts or the portal ends it.
   */
  readLogs(
    question: LogQuestion,
    options: { signal: AbortSignal },
  ): AsyncIterable<LogLine[]>;
  readKubernetesView(
    deployment: DeploymentKey,
    options?: ReadOptions,
  ): Promise<KubernetesView>;

  /** Entries of the journal, newest first, with the cursor of the next page. */
  readJournalPage(
    filter: JournalFilter & { cursor?: string },
    options?: ReadOptions,
  ): Promise<ItemList<JournalEntry>>;

  /**
   * Promotes a release to an environment, or rolls back to an older one;
   * resolves once it is accepted, before it is deployed.
   */
  promote(input: {
    app: string;
    environment: string;
    release: number;
    /** The release that was shown there, null for none: refused when it is a different one by now. */
    replaces?: number | null;
  }): Promise<void>;
  /** Sets, removes or reverts; resolves to the number of the change once it is recorded. */
  changeSetting(
    setting: SettingsRef & { name: string },
    turn: SettingTurn,
    why?: string,
  ): Promise<SettingVersion>;
  /** Requests new secrets for a resource; resolves once it is accepted. */
  rotateSecrets(of: {
    app: string;
    environment: string;
    resource: string;
  }): Promise<ResourceRotation>;
  /** Registers a cluster whose agent dials out. The registration in the answer is shown once. */
  registerCluster(cluster: NewCluster): Promise<ClusterRegistration>;
  /** Makes a new registration; the previous one is refused from then on. */
  renewRegistration(cluster: string): Promise<ClusterRegistration>;
  /** Removes a cluster that dials out from the fleet and revokes its agent. Returns what ran there. */
  removeCluster(cluster: string): Promise<RemovedCluster>;
  /** Simulates a change of the fleet for all apps. Changes nothing. */
  askWhatIf(
    question: WhatIfQuestion,
    options?: ReadOptions,
  ): Promise<WhatIfReport>;
  /** Cordons a cluster, drains it, or lets it accept apps again; resolves once it is accepted. */
  scheduleCluster(input: SchedulingInput): Promise<void>;
  /** Sets labels of a cluster by hand; resolves once it is accepted. */
  labelCluster(input: LabelInput): Promise<void>;
  /** Pauses, resumes, aborts or rolls back; resolves once it is accepted. */
  steerRollout(input: {
    app: string;
    environment: string;
    action: RolloutActionName;
    /** Version of the rollout that was shown: refused when the action would do something else by now. */
    version?: string;
  }): Promise<void>;
  /** Previews stopping, starting, restarting or scaling an app in an environment. */
  previewOperation(
    input: OperateInput,
    options?: ReadOptions,
  ): Promise<EnvironmentAction>;
  /** Performs the operation; resolves once it is accepted. */
  operateEnvironment(
    input: OperateInput & { why?: string; requestId?: string },
  ): Promise<EnvironmentAction>;
  /** Previews a new title, description or owner of an app. */
  previewAppChange(
    input: AppChangeInput,
    options?: ReadOptions,
  ): Promise<AppChange>;
  /** Makes the change. */
  changeApp(input: AppChangeInput & { why?: string }): Promise<AppChange>;
  /** Previews removing an app from an environment, or deleting it. */
  previewRemoval(
    input: RemovalInput,
    options?: ReadOptions,
  ): Promise<AppRemoval>;
  /** Removes the app; resolves once it is accepted. */
  removeApp(
    input: RemovalInput & { confirm: string; why?: string },
  ): Promise<AppRemoval>;
  /** Switches a simulated cluster on or off. Only in the playground. */
  setClusterPower(input: { cluster: string; on: boolean }): Promise<void>;
  /** Isolation of pushed code. Only in the playground. */
  getPlaygroundIsolation(options?: ReadOptions): Promise<PlaygroundIsolation>;

  /** Git tokens of the user, and of apps that they may push to; the newest first. */
  listGitTokens(
    options?: Pick<ReadOptions, 'signal'>,
  ): Promise<Pick<GitTokenPage, 'items' | 'maxDays'>>;
  /** Only this answer contains the token. */
  createGitToken(token: NewGitToken): Promise<IssuedGitToken>;
  /** Resolves once the token is refused. */
  revokeGitToken(id: string): Promise<void>;

  /** The repository that an app follows, and the owners whose repositories it may follow. */
  getSource(
    app: string,
    options?: Pick<ReadOptions, 'signal'>,
  ): Promise<AppSourceAnswer>;
  /** Resolves once the newest commit of the branch is released. */
  connectSource(app: string, source: NewAppSource): Promise<AppSourceAnswer>;
  /** Resolves once the branch was checked. */
  refreshSource(app: string): Promise<AppSourceAnswer>;
  disconnectSource(input: { app: string; why?: string }): Promise<void>;

  /** Git address to push an app of this name to; the app need not exist yet. */
  getPushUrl(app: string): Promise<string>;
}

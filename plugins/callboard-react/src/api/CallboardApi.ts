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

/** All policies, and how much of what runs is judged by them. */
export type PolicyList = Omit<PolicyPage, 'nextCursor'>;

/** One app in one environment on one cluster. */
export interface DeploymentKey {
  app: string;
  environment: string;
  cluster: string;
}

/** Where something is set for an app. */
export interface SettingsRef {
  app: string;
  /** All of them when omitted. */
  environment?: string;
}

/** What a setting shall become. */
export type SettingTurn =
  | { kind: 'set'; value: string; secret: boolean }
  /** A secret whose value stands elsewhere. */
  | { kind: 'refer'; reference: SettingReference }
  | { kind: 'remove' }
  /** Takes the last change of the setting back, which has this number. */
  | { kind: 'take-back'; version: number };

/** Which output. */
export type LogQuestion = OperationInput<'readLogs'>['path'] &
  NonNullable<OperationInput<'readLogs'>['query']>;

/** Whether a cluster shall take apps, and why, for the journal. */
export interface SchedulingInput {
  cluster: string;
  to: 'cordon' | 'drain' | 'uncordon';
  why?: string;
}

/** Labels to set by hand; null takes one away again. */
export interface LabelInput {
  cluster: string;
  labels: Record<string, string | null>;
  why?: string;
}

/** Which entries of the journal; several together mean "and". */
export interface JournalFilter {
  app?: string;
  cluster?: string;
  /** Entity reference of who acted. */
  actor?: string;
  kind?: JournalKind;
  /** At most so many, newest first. The API's own default when omitted. */
  limit?: number;
}

export interface ReadOptions {
  /** Ends the request when nobody waits for the answer any more. */
  signal?: AbortSignal;
  /** Answers as it was then. Output, objects and what is inside a release are not kept by instant and ignore it. */
  at?: Date;
}

/** What is to be done to an app in an environment. */
export interface OperateInput {
  app: string;
  environment: string;
  action: EnvironmentAction['action'];
  /** Of `scale`; as many as the files say when omitted. */
  replicas?: number;
}

/** An app that is to leave an environment, or to be deleted where none is named. */
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
 * What pages ask of Callboard, one method per question or action. Every
 * failure is thrown as a `ProblemError`, so that a page can say what, why and
 * what to do next without knowing HTTP.
 */
export interface CallboardApi {
  /** The topic of signals that answers about this app or cluster brought along; undefined before the first one. */
  readonly topicOf: (
    kind: 'app' | 'cluster',
    name: string,
  ) => string | undefined;

  getFleet(options?: ReadOptions): Promise<FleetSummary>;
  listClusters(options?: ReadOptions): Promise<Cluster[]>;
  getCluster(cluster: string, options?: ReadOptions): Promise<Cluster>;
  /** Whether a cluster could be added now, and why not. */
  getJoining(options?: ReadOptions): Promise<Joining>;
  /** Every version of every blueprint: by name, the newest version first. */
  /** The platform's, in the order of promotion. */
  listEnvironments(options?: ReadOptions): Promise<EnvironmentSummary[]>;
  listBlueprints(options?: ReadOptions): Promise<BlueprintSummary[]>;
  getBlueprintVersion(
    of: BlueprintVersionRef,
    options?: ReadOptions,
  ): Promise<BlueprintVersionDetails>;
  /** What a rollout of a version would change, and on which clusters. */
  askBlueprintWhatIf(
    of: BlueprintVersionRef,
    options?: ReadOptions,
  ): Promise<BlueprintWhatIf>;
  getBlueprintRollout(
    blueprint: string,
    id: string,
    options?: ReadOptions,
  ): Promise<RolloutAnswer>;
  /** Begins to bring a version over the clusters that follow it. */
  startBlueprintRollout(
    input: BlueprintVersionRef & { why: string },
  ): Promise<StartedBlueprintRollout>;
  steerBlueprintRollout(input: {
    blueprint: string;
    id: string;
    action: RolloutActionName;
    why?: string;
    /** Of what the action would do, as it was read. */
    version?: string;
  }): Promise<void>;

  /** All policies, with what runs now and violates them. */
  listPolicies(options?: Pick<ReadOptions, 'signal'>): Promise<PolicyList>;
  /** What a policy would have refused in the last days. */
  tryPolicy(policy: string, days: number): Promise<PolicyTrial>;
  /** Exceptions that hold now, those that expire first in front. */
  listExceptions(options?: Pick<ReadOptions, 'signal'>): Promise<Exception[]>;
  createException(exception: NewException): Promise<Exception>;
  endException(id: string): Promise<void>;

  /** Whether every app runs where it should; all rows. */
  getAudit(options?: ReadOptions): Promise<Audit>;
  /** The same as comma-separated values. */
  exportAudit(options?: ReadOptions): Promise<string>;

  /** Since when the past is known; with an instant, also whether anything was recorded then. */
  getHistory(options?: ReadOptions): Promise<History>;

  listApps(options?: ReadOptions): Promise<App[]>;
  getApp(app: string, options?: ReadOptions): Promise<App>;
  listReleases(app: string, options?: ReadOptions): Promise<ReleaseDetails[]>;
  /** Releases and incidents from an instant on; without one, of the last week or all of history where that is younger. */
  getTimeline(
    app: string,
    part: { lanes: TimelineLanes; from?: Date },
    options?: ReadOptions,
  ): Promise<Timeline>;
  /** What the newest build of a revision said so far. */
  readBuildLog(
    of: { app: string; revision: string },
    options?: ReadOptions,
  ): Promise<BuildLog>;
  /** What is inside the images of a release; read from their registry. */
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
  /** What clusters would hold otherwise; without `from`, than of the release that is there. */
  diffReleases(
    of: { app: string; environment: string; release: number; from?: number },
    options?: ReadOptions,
  ): Promise<ReleaseDiff>;
  /** What counts there, by whom and since when, what reads it, and what is lacking. Of secrets never the value. */
  listSettings(of: SettingsRef, options?: ReadOptions): Promise<SettingList>;
  /** What the release of an environment asks for beside its workloads; always of now. */
  listResources(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<ResourceView[]>;
  /** What its instances use, against what they ask for and may have at most; always of now. */
  getUsage(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<AppUsage>;
  /** Data that the app left on clusters where it does not run any more. */
  listKeptData(app: string, options?: ReadOptions): Promise<KeptData[]>;
  /** Data that apps left which were deleted and whose names nobody uses again. */
  listDataOfDeletedApps(options?: ReadOptions): Promise<KeptData[]>;
  /**
   * Has the data deleted that an app left on a cluster; resolves once that is accepted.
   *
   * @param options - with `forget` it only strikes it off the list, of a cluster that is not registered
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
   * Output of an app in an environment, lines that come together at once. Ends,
   * with `follow` when the signal aborts or the portal ends it.
   */
  readLogs(
    question: LogQuestion,
    options: { signal: AbortSignal },
  ): AsyncIterable<LogLine[]>;
  readKubernetesView(
    deployment: DeploymentKey,
    options?: ReadOptions,
  ): Promise<KubernetesView>;

  /** What changed, newest first, and where to read on. */
  readJournalPage(
    filter: JournalFilter & { cursor?: string },
    options?: ReadOptions,
  ): Promise<ItemList<JournalEntry>>;

  /** Promotes a release to an environment, or rolls back to an older one; resolves once it is accepted, not once it is there. */
  promote(input: {
    app: string;
    environment: string;
    release: number;
    /** Release that was shown there, null for none: refused when it is another one by now. */
    replaces?: number | null;
  }): Promise<void>;
  /** Sets, removes or takes back; resolves to the number of the change once it is recorded. */
  changeSetting(
    setting: SettingsRef & { name: string },
    turn: SettingTurn,
    why?: string,
  ): Promise<SettingVersion>;
  /** Has new secrets made for a resource; resolves once it is accepted. */
  rotateSecrets(of: {
    app: string;
    environment: string;
    resource: string;
  }): Promise<ResourceRotation>;
  /** Makes room for a cluster that dials out. The registration in the answer is shown once. */
  registerCluster(cluster: NewCluster): Promise<ClusterRegistration>;
  /** Makes a new registration; the one before lets nobody in any more. */
  renewRegistration(cluster: string): Promise<ClusterRegistration>;
  /** Takes a cluster that dials out from the fleet and revokes its agent. Says what ran there. */
  removeCluster(cluster: string): Promise<RemovedCluster>;
  /** What would become of all apps if this happened. Changes nothing. */
  askWhatIf(
    question: WhatIfQuestion,
    options?: ReadOptions,
  ): Promise<WhatIfReport>;
  /** Cordons a cluster, drains it, or opens it again; resolves once that is accepted. */
  scheduleCluster(input: SchedulingInput): Promise<void>;
  /** Sets labels of a cluster by hand; resolves once that is accepted. */
  labelCluster(input: LabelInput): Promise<void>;
  /** Pauses, resumes, aborts or rolls back; resolves once it is accepted. */
  steerRollout(input: {
    app: string;
    environment: string;
    action: RolloutActionName;
    /** Of the rollout that was shown: refused when the action would do something else by now. */
    version?: string;
  }): Promise<void>;
  /** Says what stopping, starting, restarting or scaling an app in an environment would do. */
  previewOperation(
    input: OperateInput,
    options?: ReadOptions,
  ): Promise<EnvironmentAction>;
  /** Does it; resolves once that is accepted. */
  operateEnvironment(
    input: OperateInput & { why?: string; requestId?: string },
  ): Promise<EnvironmentAction>;
  /** Says what another title, description or owner of an app would do. */
  previewAppChange(
    input: AppChangeInput,
    options?: ReadOptions,
  ): Promise<AppChange>;
  /** Does it. */
  changeApp(input: AppChangeInput & { why?: string }): Promise<AppChange>;
  /** Says what taking an app out of an environment, or deleting it, would do. */
  previewRemoval(
    input: RemovalInput,
    options?: ReadOptions,
  ): Promise<AppRemoval>;
  /** Does it; resolves once that is accepted. */
  removeApp(
    input: RemovalInput & { confirm: string; why?: string },
  ): Promise<AppRemoval>;
  /** Switches a simulated cluster on or off. Only where the playground runs. */
  setClusterPower(input: { cluster: string; on: boolean }): Promise<void>;
  /** How pushed code is kept apart. Only where the playground runs. */
  getPlaygroundIsolation(options?: ReadOptions): Promise<PlaygroundIsolation>;

  /** Git tokens of who asks, and of apps that they may push to; the newest first. */
  listGitTokens(
    options?: Pick<ReadOptions, 'signal'>,
  ): Promise<Pick<GitTokenPage, 'items' | 'maxDays'>>;
  /** The answer alone holds the token. */
  createGitToken(token: NewGitToken): Promise<IssuedGitToken>;
  /** Resolves once the token is refused. */
  revokeGitToken(id: string): Promise<void>;

  /** What an app follows elsewhere, and whose repositories it may follow. */
  getSource(
    app: string,
    options?: Pick<ReadOptions, 'signal'>,
  ): Promise<AppSourceAnswer>;
  /** Resolves once the newest commit of the branch is released. */
  connectSource(app: string, source: NewAppSource): Promise<AppSourceAnswer>;
  /** Resolves once the branch was asked. */
  refreshSource(app: string): Promise<AppSourceAnswer>;
  disconnectSource(input: { app: string; why?: string }): Promise<void>;

  /** Where an app of this name is pushed to; the app need not exist yet. */
  getPushUrl(app: string): Promise<string>;
}

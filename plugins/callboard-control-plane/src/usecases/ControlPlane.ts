import type {
  App,
  BlueprintSummary,
  ChangeSignal,
  Cluster,
  Exposure,
  FleetSummary,
  InvitedCluster,
  JournalEntry,
  KubeObject,
  KubernetesView,
  LogView,
  PlacementAnswer,
  ReleaseDetails,
  RemovedCluster,
  Result,
  WhatIfQuestion,
  WhatIfReport,
  RolloutActionName,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';

/** Who acts: an entity reference of a user or group, or `system:...`. */
export type Actor = string;

/** What a push brings, before the branch moves. Files were read by the git host within their limits. */
export interface PushedFiles {
  app: string;
  actor: Actor;
  /** Owner a new app gets: the pusher, unless app.yaml says otherwise and the pusher belongs to it. */
  owner: string;
  /** Entity references the pusher acts for (its own and its groups'). */
  ownershipRefs: string[];
  revision: { commit: string; message: string; author: string };
  /** Paths in the revision. */
  paths: string[];
  /** Text of score files and app.yaml, by path. */
  texts: Record<string, string>;
}

export interface AcceptedPush {
  app: string;
  created: boolean;
  workloads: string[];
  warnings: string[];
}

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

/**
 * Everything the outside may ask of or tell Callboard. HTTP, git host, catalog
 * and templates come through here; permissions were checked before.
 */
export interface ControlPlane {
  start(): Promise<void>;
  /** Ends every loop; nothing is left half recorded. */
  stop(): Promise<void>;

  /** Judges a push before the branch moves: name, files, schema, placeholders, owner. Changes nothing. */
  checkPush(push: PushedFiles): Promise<Result<AcceptedPush>>;
  /** Records a push whose branch has moved: app (when new), revision, build to do. Idempotent by commit. */
  recordPush(push: PushedFiles): Promise<Result<AcceptedPush>>;
  /** Follows a pushed revision until it is Healthy, has failed, or `signal` aborts. Survives restarts: it only reads. */
  followPush(
    app: string,
    commit: string,
    signal: AbortSignal,
  ): AsyncIterable<PushStep>;

  /** Brings release `number` into an environment. */
  promote(input: {
    app: string;
    environment: string;
    release: number;
    actor: Actor;
    /** Entity references the actor acts for: who must approve may be among them. */
    ownershipRefs?: string[];
  }): Promise<Result<void>>;

  /** Pauses, resumes, aborts or rolls back a rollout. What it is asked for already is granted. */
  steerRollout(input: {
    app: string;
    environment: string;
    action: RolloutActionName;
    actor: Actor;
  }): Promise<Result<void>>;

  listApps(options?: ReadOptions): Promise<App[]>;
  getApp(app: string, options?: ReadOptions): Promise<Result<App>>;
  listReleases(
    app: string,
    options?: ReadOptions,
  ): Promise<Result<ReleaseDetails[]>>;
  /** The document itself, from the registry. Of the release's first image that has one where `image` is omitted. */
  readReleaseEvidence(input: {
    app: string;
    release: number;
    kind: EvidenceKind;
    image?: string;
  }): Promise<Result<unknown>>;
  getPlacement(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<Result<PlacementAnswer>>;
  /** The newest rollout of an environment, under way or finished. */
  getRollout(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<Result<RolloutAnswer>>;
  readLogs(input: {
    app: string;
    environment: string;
    cluster: string;
  }): Promise<Result<LogView>>;
  readKubernetesView(input: {
    app: string;
    environment: string;
    cluster: string;
  }): Promise<Result<KubernetesView>>;

  /** Every version of every blueprint: by name, the newest version first. */
  listBlueprints(options?: ReadOptions): Promise<BlueprintSummary[]>;
  getFleetSummary(options?: ReadOptions): Promise<FleetSummary>;
  listClusters(options?: ReadOptions): Promise<Cluster[]>;
  getCluster(cluster: string, options?: ReadOptions): Promise<Result<Cluster>>;
  /** What would become of all apps if something happened to the fleet. Changes nothing. */
  askWhatIf(question: WhatIfQuestion): Promise<Result<WhatIfReport>>;
  /** Says that a cluster takes nothing new, that what runs there leaves too, or that it takes apps again. */
  scheduleCluster(input: {
    cluster: string;
    to: 'cordon' | 'drain' | 'uncordon';
    actor: Actor;
    /** In words, for the journal. */
    why?: string;
  }): Promise<Result<void>>;

  /** Invites a cluster to join by dialing out. The answer holds the token; it is not kept. */
  inviteCluster(input: {
    name: string;
    labels?: Record<string, string>;
    blueprint?: string;
    exposure?: Exposure;
    actor: Actor;
  }): Promise<Result<InvitedCluster>>;
  /** A new token; the older one, and the key of an agent that joined, count no more. */
  renewInvitation(input: {
    cluster: string;
    actor: Actor;
  }): Promise<Result<InvitedCluster>>;
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

  listJournal(filter: {
    app?: string;
    cluster?: string;
    before?: number;
    limit?: number;
    /** Only what had happened by then. */
    at?: Date;
  }): Promise<JournalEntry[]>;

  /** Calls back after a change was recorded. Returns how to stop. */
  onChange(listener: (change: ChangeSignal) => void): () => void;
}

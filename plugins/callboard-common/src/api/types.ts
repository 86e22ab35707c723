import type { Problem } from '../problem';
import type {
  Exposure,
  Finding,
  Freshness,
  Health,
  SyncStatus,
} from '../domain';

/*
 * What the API under /api/callboard/v1 answers. Times are RFC 3339 strings.
 * Lists are `{ items, nextCursor? }`, newest first where there is an age. The
 * same types serve pages, command line and tests; the OpenAPI document describes them and
 * a test holds both together.
 */

export interface ItemList<T> {
  items: T[];
  /** What asks for the next page as `?cursor=`; absent on the last one. Its text means nothing to anybody else. */
  nextCursor?: string;
}

export interface Release {
  number: number;
  /** Full commit id. */
  revision: string;
  message: string;
  /** As git says: `Ana <ana@example.com>`. */
  author: string;
  createdAt: string;
}

/** A release with what it is made of. */
export interface ReleaseDetails extends Release {
  /** Entity reference of who pushed it. */
  createdBy: string;
  workloads: Array<{ name: string; images: Record<string, string> }>;
  /** `builder`: names of all that made something of it, joined by `+`. */
  build: { builder: string; startedAt: string; finishedAt?: string };
  /** Environments where it is the wanted release now. */
  environments: string[];
  /** How it did wherever it was; empty when it was nowhere. */
  outcomes: ReleaseOutcome[];
  /** Of images that Callboard made; the documents are under `/sbom` and `/provenance` of the release. */
  evidence?: ImageEvidence[];
  /** What its builds warned of; absent where there was nothing. */
  warnings?: string[];
  /** Which lockfile its dependencies came from; absent where it has none. */
  lockfile?: ReleaseLockfile;
  /** Since when its images are not kept any more: it cannot run until its commit is built again. */
  imagesRemovedAt?: string;
}

/** The lockfile of a release: which versions of its dependencies were installed. */
export interface ReleaseLockfile {
  /** `package-lock.json`. */
  path: string;
  /** `sha256:…` of its text. */
  digest: string;
  /** False where the build resolved the versions; then the file lies beside the code in what was built. */
  isPushed: boolean;
}

/**
 * What it is to bring a release into an environment: `rollback` to one that was
 * there before the current one came, else by their numbers.
 */
export type ReleaseChange = 'newer' | 'older' | 'rollback';

/** Who said that a release may come into an environment. */
export interface Approval {
  /** Entity reference of the group that had to approve. */
  group: string;
  /** Entity reference of who approved for it. */
  by: string;
}

/** How a release did in one environment. */
export interface ReleaseOutcome {
  environment: string;
  /** When it came there first. */
  since: string;
  kind: /** It is wanted there, and was seen healthy. */
  | 'healthy'
    /** It is wanted there, and was not seen healthy. */
    | 'not-healthy-yet'
    /** A release that was there before took its place. */
    | 'rolled-back'
    /** Another release took its place before it was seen healthy. */
    | 'never-healthy'
    | 'replaced';
  /** Its approval there; absent where nobody had to approve. */
  approval?: Approval;
  /** Clusters that were seen to run it well. */
  healthyOn: string[];
  /** What took its place. */
  next?: { release: number; change: ReleaseChange; by: string; at: string };
  /** In words, without full stop. */
  sentence: string;
}

/** What is attached to an image in its registry. */
export interface ImageEvidence {
  /** `registry/repository@sha256:…`. */
  image: string;
  /** What is inside (CycloneDX). */
  sbom: { digest: string; mediaType: string; components: number };
  /** Where it came from (SLSA). */
  provenance: {
    digest: string;
    mediaType: string;
    /** Who built it, as a URI. */
    builder: string;
    /** The image it was built upon: `registry/repository@sha256:…`; absent where it stands upon none. */
    base?: string;
  };
}

/** What is inside an image: a CycloneDX document, as far as pages read it. */
export interface SbomDocument {
  components?: Array<{
    /** `container`: the base image; `library`: an installed package. */
    type: string;
    name: string;
    version?: string;
    licenses?: Array<{
      license?: { id?: string; name?: string };
      expression?: string;
    }>;
  }>;
}

/** One app in one environment on one cluster. */
export interface AppCluster {
  cluster: string;
  /** Release number observed there; null until one is. */
  release: number | null;
  /** Release number wanted there; null when it is being removed. */
  desiredRelease: number | null;
  sync: SyncStatus;
  health: Health;
  freshness: Freshness;
  /** When the cluster was last in contact; null when never. */
  observedAt: string | null;
  /** As {@link Cluster.reading}. */
  reading?: true;
  urls: string[];
  instances: { ready: number; wanted: number };
  /** Another release whose instances are ready there while the wanted one is not healthy. */
  serving?: { release: number; ready: number };
  /** Copies of the app that shall run there, of all of them; only where they are divided over clusters. */
  copies?: { here: number; of: number };
  /** The cluster is being drained: the app moves away, or no other cluster takes it. */
  drain?: 'moving' | 'stuck';
  /** For people: region, blueprint and title of the cluster. */
  region?: string;
  title?: string;
  blueprint?: string;
}

export interface AppEnvironment {
  name: string;
  title: string;
  release: Release | null;
  /** Actor and time of the push or promotion that brought `release` here. */
  releasedBy?: string;
  releasedAt?: string;
  health: Health;
  freshness: Freshness;
  clusters: AppCluster[];
  findings: Finding[];
  placement: {
    satisfied: boolean;
    wanted?: number;
    chosen: number;
    message: string;
  } | null;
  /** The newest rollout; absent where releases go everywhere at once. */
  rollout?: RolloutSummary;
  /** From which environment it is promoted; absent for the first one. */
  promotion?: {
    from: string;
    /** Release that may go on; null where both have the same. */
    candidate: number | null;
    /** What its promotion would be; absent without a candidate, and where nothing runs yet. */
    change?: ReleaseChange;
    blockedBy?: Problem;
    /** Entity reference of who must approve; absent where nobody must. */
    approval?: string;
    /** The candidate was here before, and was rolled back to this. */
    rolledBack?: { to: number; by: string; at: string };
  };
  /** What prevents the release from being deployed at all, where something does. */
  problem?: Problem;
}

export interface App {
  name: string;
  title: string;
  /** Entity reference: `group:default/payments`. */
  owner: string;
  system?: string;
  repository: { cloneUrl: string };
  environments: AppEnvironment[];
  /** The answer in words: first line of its page. */
  sentence: string;
  createdAt: string;
  /** A push whose build is under way or failed; absent when the newest push is a release. */
  build?: BuildStatus;
  lastChange?: JournalEntry;
  /** What the person who asks may do with it. */
  viewer?: AppViewer;
}

/** What one person may do with an app. */
export interface AppViewer {
  /** Promote, roll back, and act on its rollouts. */
  promote: boolean;
  /** Environments whose promotions this person may approve. */
  approve: string[];
}

export interface BuildStatus {
  revision: string;
  message: string;
  author: string;
  state: 'building' | 'failed';
  startedAt: string;
  problem?: Problem;
}

/** A release on its way over the clusters of an environment, in short. */
export interface RolloutSummary {
  /** Number of the release that is rolled out, or gone back to. */
  release: number;
  /** What clusters run until their turn; absent for the first release. */
  before?: number;
  purpose: 'roll-out' | 'roll-back';
  phase: RolloutPhaseName;
  /** In words, without full stop. */
  sentence: string;
  /** Position of the wave it is at, from 1. */
  wave: number;
  waveCount: number;
  /** Clusters that have the release, and all that shall have it. */
  reached: number;
  clusterCount: number;
  /** Actor that brought the release here. */
  startedBy: string;
  startedAt: string;
}

export type RolloutPhaseName =
  | 'applying'
  | 'soaking'
  | 'paused'
  | 'halted'
  | 'waiting-for-clusters'
  | 'aborted'
  | 'done';

/** A rollout as the wave bar draws it. */
export interface RolloutAnswer extends RolloutSummary {
  /** Clusters that start together, in their order. `name`: of the decision group, empty without one. */
  waves: Array<{ name: string; cells: RolloutCell[] }>;
  /** How long a cluster is watched after it turned healthy. */
  soakSeconds: number;
  /** Why nothing new is started, where it halted. */
  halt?: { cluster: string; why: string; failures: number; allowed: number };
  /** What may be done now, and what it would do. */
  actions: Array<{
    action: RolloutActionName;
    does: string;
    /** Entity reference of the group whose approval it needs first; absent where it needs none. */
    approval?: string;
  }>;
  /** Of what `actions` say. Who sends it with an action is refused when the action would do something else by now. */
  version: string;
}

export type RolloutActionName = 'pause' | 'resume' | 'abort' | 'rollback';

/** One cluster of a rollout. */
export interface RolloutCell {
  cluster: string;
  state:
    | 'to-apply'
    | 'progressing'
    | 'soaking'
    | 'done'
    | 'failed'
    | 'timed-out'
    | 'skipped'
    /** Cannot be reached; it is taken up again when it returns. */
    | 'deferred';
  /** When it is through (soaking), or given up (progressing, failed). */
  until?: string;
  /** Since when it has failed or cannot be reached. */
  since?: string;
  why?: string;
}

export interface PlacementAnswer {
  decidedAt: string;
  satisfied: boolean;
  wanted?: number;
  /** In words: `Runs on 1 of 3 wanted clusters: ...`. */
  message: string;
  verdicts: PlacementAnswerVerdict[];
}

export interface PlacementAnswerVerdict {
  cluster: string;
  verdict: 'chosen' | 'spare' | 'refused';
  /** Copies it gets, where they are divided over clusters. */
  copies?: number;
  score?: number;
  reasons: Array<{ rule: string; message: string }>;
  remedy: string | null;
}

export interface ClusterBlueprint {
  name: string;
  version: number;
  state: 'pending' | 'applying' | 'applied' | 'failed' | 'unknown';
  message: string;
  drift: DriftItem[];
  addons: Array<{
    name: string;
    description?: string;
    objects: number;
    health: Health;
  }>;
}

/** One version of a blueprint that the platform defines. */
export interface BlueprintSummary {
  name: string;
  title: string;
  /** What it is for, in a sentence. */
  description?: string;
  version: number;
  /** Clusters run the newest active version. */
  state: 'draft' | 'active' | 'disabled';
  /** The blueprint it inherits from. */
  base?: string;
}

/** One object of a blueprint or deployment that differs from what was applied. */
export interface DriftItem {
  object: {
    apiVersion: string;
    kind: string;
    namespace?: string;
    name: string;
  };
  kind: 'missing' | 'changed';
  /** Paths that differ, at most 20. */
  paths: string[];
  message: string;
}

export interface Cluster {
  name: string;
  title: string;
  /** Those that count: set by hand, then as the cluster's source says. */
  labels: Record<string, string>;
  /** Which of the labels people set by hand; absent where none is. */
  labelsByHand?: LabelsByHand;
  claims: Record<string, string>;
  taints: Array<{ key: string; value?: string; effect: string }>;
  freshness: Freshness;
  observedAt: string | null;
  /** Callboard started a moment ago and has had no contact with it since: what is shown is of `observedAt`, and no sign of trouble. */
  reading?: true;
  connection: ClusterConnectionStatus;
  blueprint: ClusterBlueprint | null;
  scheduling: ClusterScheduling;
  health: Health;
  /** Workloads and apps that run here. */
  apps: ClusterApp[];
  nodes: { ready: number; total: number };
  /** Progress of a cluster that joins by dialing out; absent for those that are dialed. */
  join?: ClusterJoin;
  capacity?: { cpuMillicores: number; memoryBytes: number; pods: number };
  /** Sum of what all pods request here: Callboard's, and those of others as far as the cluster tells of them. */
  requested?: { cpuMillicores: number; memoryBytes: number; pods: number };
  /** The part of it that is not Callboard's. */
  requestedByOthers?: {
    cpuMillicores: number;
    memoryBytes: number;
    pods: number;
  };
  sentence: string;
}

/** Labels of a cluster that are set by hand and count instead of its source's. */
export interface LabelsByHand {
  labels: Record<string, string>;
  /** What the source says of the same keys, where that differs. */
  replaced: Record<string, string>;
  /** Entity reference of who changed one last, and when. */
  by: string;
  since: string;
}

/** Whether a cluster takes apps. Each state holds what is true in it. */
export type ClusterScheduling =
  | { state: 'open' }
  /** Nothing new lands; what runs stays. */
  | ({ state: 'cordoned' } & SchedulingCause)
  /** Nothing new lands, and what runs moves away. */
  | ({ state: 'draining'; left: DrainingApp[] } & SchedulingCause)
  /** Drained: no app is left. */
  | ({ state: 'drained' } & SchedulingCause);

export interface SchedulingCause {
  since: string;
  /** Entity reference of who did it. */
  by: string;
  why?: string;
}

/** An app that has not left a cluster yet. */
export interface DrainingApp {
  app: string;
  environment: string;
  environmentTitle: string;
  /** `stuck`: nothing takes it, and it stays until something does. */
  state: 'moving' | 'stuck';
  /** Clusters that take its place. */
  to: string[];
  /** What it waits for, in words. */
  message: string;
}

export interface ClusterApp {
  app: string;
  environment: string;
  environmentTitle: string;
  release: number | null;
  health: Health;
}

/** How the playground keeps pushed code apart on the portal's machine. */
export interface PlaygroundIsolation {
  kind: 'namespaces' | 'users' | 'none';
  /** In words. */
  says: string;
  /** Which limits hold, in words. */
  limits: string;
}

export interface ClusterConnectionStatus {
  kind: 'playground' | 'kubeconfig' | 'agent';
  /** Since when it is as it is. */
  since: string | null;
  roundTripMs: number | null;
  /** Of the agent that is connected, or was last. */
  agentVersion?: string;
  /** A newer agent that will run there, until it does. */
  upgrade?: AgentUpgrade;
  /** Why it cannot be reached, where it cannot. */
  problem?: Problem;
}

/** A newer agent on its way to a cluster. */
export interface AgentUpgrade {
  /** The version it is to run. */
  version: string;
  /** `waiting` for an earlier wave; `halted`: see the problem. */
  state: 'waiting' | 'upgrading' | 'halted';
  problem?: Problem;
}

/** How a cluster joins by dialing out, step by step. */
export interface ClusterJoin {
  /** When the token expires; absent once it was used. */
  expiresAt?: string;
  /** All six, in their order. */
  steps: JoinStep[];
}

export type JoinStepName =
  | 'invited'
  | 'token-used'
  | 'connected'
  | 'rights-checked'
  | 'inventory'
  | 'ready';

export interface JoinStep {
  step: JoinStepName;
  state: 'done' | 'waiting' | 'failed';
  /** When it was done, or failed. */
  at?: string;
  /** What is waited for or went wrong, and what to do next. */
  message?: string;
}

/** What `POST /clusters` takes. */
export interface NewCluster {
  name: string;
  labels?: Record<string, string>;
  /** Name of a blueprint; the cluster has none when omitted. */
  blueprint?: string;
  /** How people reach the apps that run there; only from inside of the cluster when omitted. */
  exposure?: Exposure;
}

/** What `GET /fleet/joining` answers: why no cluster can be added now, where none can. */
export interface Joining {
  problem?: Problem;
}

/** What lets one agent in, once. */
export interface JoinInvitation {
  /** What `kubectl apply -f` reads; holds the token. */
  manifestUrl: string;
  /** One line for a shell that reaches the cluster. */
  command: string;
  expiresAt: string;
}

/** What `POST /clusters` and `POST /clusters/{cluster}/join` answer. Shown once: the token is not kept. */
export interface InvitedCluster {
  name: string;
  join: JoinInvitation;
}

/** What `DELETE /clusters/{cluster}` answers. */
export interface RemovedCluster {
  name: string;
  /** What ran there, and goes where placement says. Empty when it was removed before. */
  apps: ClusterApp[];
}

/** The fleet in one sentence and a few counts: first line of the fleet page. */
export interface FleetSummary {
  sentence: string;
  clusters: { total: number; live: number; stale: number; unreachable: number };
  apps: { total: number; needAttention: number };
  /** Of the platform, in their order: a page says a title where a label has the name. */
  environments: Array<{ name: string; title: string }>;
  /** Why changes cannot be recorded at the moment (what is shown may be old), or why pushes are refused. */
  problem?: Pick<Problem, 'code' | 'what' | 'why' | 'next'>;
  playground: boolean;
}

/** What is kept, and what the next sweep removes. */
export interface Retention {
  /** So many of the newest releases of each app keep their images, beside those that run or would be gone back to. */
  releases: number;
  /** Images of older releases, by app. */
  images: Array<{
    app: string;
    image: string;
    /** Those that cannot run without it. */
    releases: number[];
    /** What its removal frees: parts that no other image needs. */
    bytes: number;
  }>;
  /** What ended pushes and builds left behind. */
  leftovers: { count: number; bytes: number };
  /** All of it. */
  bytes: number;
  /** Why it may be incomplete, or cannot be removed. */
  problems: Array<Pick<Problem, 'code' | 'what' | 'why' | 'next'>>;
}

export interface JournalEntry {
  /** Position in the journal; absent for who may not see every app, as gaps would count what happened to others. */
  sequence?: number;
  /** When it happened. */
  at: string;
  /** When it was told, where that was later: an agent had no Callboard to tell it to. */
  recordedAt?: string;
  /** Entity reference, or `system:placement` for what Callboard did by itself. */
  actor: string;
  /** `app.created`, `release.created`, `release.promoted`, `deployment.health`, `cluster.unreachable`, ... */
  action: string;
  app?: string;
  environment?: string;
  cluster?: string;
  release?: number;
  /** Full commit id, of entries about a push. */
  revision?: string;
  /** In words. */
  message: string;
  why?: string;
  /**
   * sha256 over this entry and the one before. For who may not see every app a
   * text that tells entries apart and nothing else: guesses at the entry before
   * could be tried against the hash.
   */
  hash: string;
}

/** Something that a page shows has changed. Told inside the backend, and to other plugins of the portal. */
export interface ChangeSignal {
  [key: string]: string | undefined;
  kind: 'app' | 'cluster' | 'fleet' | 'journal';
  name?: string;
}

/**
 * Sent on the signal channel `callboard` to everybody who is connected. Names
 * neither apps nor clusters: anyone who may read one knows its topic by the header
 * {@link TOPIC_HEADER} of its answers. Without kinds nothing changed: the channel is open.
 */
export type LiveSignal = {
  kinds: Array<ChangeSignal['kind']>;
  /** Topics of the apps and clusters that changed; `null` when any may have. */
  topics: string[] | null;
};

/** More has changed than is told one by one. */
export const ANYTHING_CHANGED: LiveSignal = {
  kinds: ['app', 'cluster', 'fleet', 'journal'],
  topics: null,
};

/** On answers about one app or one cluster: the topic of signals by which they become old. */
export const TOPIC_HEADER = 'callboard-topic';

/** Longest pause between two signals. */
export const SIGNAL_BEAT_MS = 2_000;

export const SIGNAL_CHANNEL = 'callboard';

/** The objects of one deployment, for who wants to see them. Data of Secrets is never included. */
export interface KubernetesView {
  cluster: string;
  namespace: string;
  command: string;
  objects: Array<{
    yaml: string;
    kind: string;
    name: string;
    health: Health | null;
    /** The object that made this one, where one did. */
    owner?: { kind: string; name: string };
  }>;
  events: Array<{
    at: string;
    type: string;
    reason: string;
    message: string;
    object: string;
  }>;
}

export interface LogView {
  cluster: string;
  lines: Array<{ instance: string; text: string }>;
}

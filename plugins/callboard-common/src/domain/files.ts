import type { ClusterPrometheus } from './prometheus';
import type {
  AppAddress,
  ClusterAddresses,
  EnvironmentAddresses,
} from './addresses';
import type { BlueprintState } from '../api/generated/types';
import type { ChangeCalendar } from './changeCalendar';
import type { GuardRails } from './guardRails';
import type { LabelSelector, PlacementSpec, Taint } from './placement';
import type { ScoreContainer, ScoreResourceAmounts } from './score';

export const API_VERSION = 'callboard.dev/v1alpha1';

/** Rollout of Open Cluster Management. Durations as Go writes them: `5m`, `1h30m`. */
export interface RolloutSpec {
  type: 'All' | 'Progressive' | 'ProgressivePerGroup';
  all?: RolloutConfig;
  progressive?: RolloutConfig & {
    maxConcurrency?: number | string;
    mandatoryDecisionGroups?: MandatoryGroup[];
  };
  progressivePerGroup?: RolloutConfig & {
    mandatoryDecisionGroups?: MandatoryGroup[];
  };
}

export interface RolloutConfig {
  minSuccessTime?: string;
  progressDeadline?: string;
  maxFailures?: number | string;
}

export interface MandatoryGroup {
  groupName?: string;
  groupIndex?: number;
}

/** What a cluster must have before an app may run there. */
export interface Requirements {
  blueprint?: string;
}

export interface ClusterOverride {
  clusters: LabelSelector;
  replicas?: number;
  /** Variables of containers, beside those of score.yaml and in place of them. */
  variables?: VariablesByContainer;
  /** CPU and memory of containers, in place of those of score.yaml, each by itself. */
  resources?: AmountsByContainer;
  /** By workload, in place of what `deploy` says; `null` is a fixed number. */
  autoscaling?: Record<string, Autoscaling | null>;
  /** By workload: fields of its objects. */
  patches?: Record<string, WorkloadPatches>;
}

/** By the names of workload, container and variable. */
export type VariablesByContainer = Record<
  string,
  Record<string, Record<string, string>>
>;

/** By the names of workload and container. */
export type AmountsByContainer = Record<
  string,
  Record<string, NonNullable<ScoreContainer['resources']>>
>;

/** Kinds of which app.yaml may patch objects. `Pod` is the template of its pods, whatever keeps them. */
export type PatchedKind =
  | 'Pod'
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'CronJob'
  | 'Service'
  | 'HorizontalPodAutoscaler'
  | 'PodDisruptionBudget';

/** Fields as Kubernetes calls them, but that containers are by their names. A map is merged, anything else takes the place of what is there, and null removes it. */
export interface ObjectPatch {
  metadata?: Record<string, unknown>;
  spec?: Record<string, unknown>;
}

export type WorkloadPatches = Partial<Record<PatchedKind, ObjectPatch>>;

/** Somebody whom a workload calls: another app in the same environment, or addresses. One of `app` and `cidr` is given. */
export interface AppConnection {
  app?: string;
  /** `10.0.0.0/8`; `0.0.0.0/0` is everybody. */
  cidr?: string;
  /** TCP; all ports where omitted. */
  ports?: number[];
}

/** What makes and keeps the pods of a workload. */
export type WorkloadKind =
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'CronJob'
  | 'Job';

/** When a task of a release runs: before its other workloads are changed, or once they are Healthy. */
export type TaskPhase = 'before-release' | 'after-release';

/** How many instances a workload has on each cluster by its load. At least one of the measures is given. */
export interface Autoscaling {
  min: number;
  max: number;
  /** Percent of what its containers request, on average over its instances. */
  cpu?: number;
  /** The same of memory. */
  memory?: number;
  /** A metric of its pods that the cluster knows, and what each instance should have of it: `100`, `500m`. */
  metric?: { name: string; average: string };
}

/** How a workload is deployed, where the defaults do not fit. */
export interface WorkloadSettings {
  /** `Deployment` where omitted. */
  kind?: WorkloadKind;
  /** Of a Job. Once per release and environment. */
  runs?: TaskPhase;
  /** Of a CronJob: minute, hour, day of month, month, day of week. */
  schedule?: string;
  /** Of a CronJob: `Europe/Berlin`; the cluster's where omitted. */
  timeZone?: string;
  /** Of a Job or CronJob: how often it is tried again; 3 where omitted. */
  retries?: number;
  /** Of a Job or CronJob: seconds after which it is ended and has failed. */
  deadlineSeconds?: number;
  /** Level of the Pod Security Standards that its pods keep; `restricted` where omitted. */
  podSecurity?: 'restricted' | 'baseline';
  /** Number of the user that its containers run as. */
  runAsUser?: number;
  /** Whether its containers get a token for the API of their cluster. */
  serviceAccountToken?: boolean;
  /** Whom it calls beside the app itself. */
  connections?: AppConnection[];
  /** Of a Deployment or StatefulSet; a fixed number where omitted. */
  autoscaling?: Autoscaling;
}

/** One environment of an app, as its owner refines it. Everything omitted comes from the platform's Environment. */
export interface AppEnvironmentSpec {
  name: string;
  promotion?: { from?: string; approval?: string };
  requires?: Requirements;
  placement?: PlacementSpec;
  rollout?: RolloutSpec;
  overrides?: ClusterOverride[];
  replicas?: number;
  /** Where it answers: its own name when omitted, nowhere for an empty list. */
  addresses?: AppAddress[];
}

/** app.yaml, `kind: App`. Optional; every field has a default. */
export interface AppFile {
  apiVersion: typeof API_VERSION;
  kind: 'App';
  metadata: { name: string; title?: string; description?: string };
  spec: {
    owner?: string;
    system?: string;
    workloads?: string[];
    requires?: Requirements;
    /** By the name of the workload. */
    deploy?: Record<string, WorkloadSettings>;
    build?: BuildSettings;
    environments?: AppEnvironmentSpec[];
  };
}

/** How pushed code becomes what runs, where what package.json says does not fit. */
export interface BuildSettings {
  /** The build step, a line for the shell; false: there is none. */
  command?: string | false;
  /** The same for folders of which images are built by themselves: `services/api`. */
  folders?: Record<string, Pick<BuildSettings, 'command'>>;
}

/** The platform's file `kind: Environment`: what every app gets unless it says otherwise. */
export interface EnvironmentFile {
  apiVersion: typeof API_VERSION;
  kind: 'Environment';
  metadata: { name: string; title?: string; description?: string };
  spec: {
    /** Position in the strip, ascending; ties by name. A push releases to the first. */
    order: number;
    promotion?: { from?: string; approval?: string };
    placement: PlacementSpec;
    rollout?: RolloutSpec;
    /** Name of the builder, `bundle` in the playground; the platform's default when omitted. */
    builder?: string;
    replicas?: number;
    /**
     * Seconds that an app stays on a cluster that is out of contact; then it moves
     * to another. 300 when omitted. A toleration of the taint
     * `cluster.open-cluster-management.io/unreachable` in `placement` goes first;
     * without `tolerationSeconds` the app stays for ever.
     */
    failoverAfterSeconds?: number;
    /** Where its apps answer to the world; by the exposure of clusters only when omitted. */
    addresses?: EnvironmentAddresses;
    /** When releases may reach its clusters; always when omitted. Apps cannot change it. */
    changes?: ChangeCalendar;
    /** What apps may say of it in their app.yaml and score.yaml; anything that Callboard takes when omitted. */
    allows?: {
      /** `Pod.spec.nodeSelector`. None for an empty list. */
      patches?: string[];
      /** The most that one container may ask for, or be limited to. */
      resources?: { max?: ScoreResourceAmounts };
      /** The most replicas of a workload, in app.yaml and by hand. */
      replicas?: { max?: number };
    };
  };
}

/** How traffic from outside reaches a workload's services on a cluster. */
export type Exposure =
  | { type: 'ClusterIP' }
  | { type: 'LoadBalancer' }
  /** `host` is what a person types; the port is the one the cluster assigned. */
  | { type: 'NodePort'; host: string };

export interface ClusterFile {
  apiVersion: typeof API_VERSION;
  kind: 'Cluster';
  metadata: {
    name: string;
    title?: string;
    description?: string;
    labels?: Record<string, string>;
  };
  spec: {
    claims?: Record<string, string>;
    clusterSet?: string;
    taints?: Taint[];
    /** Blueprint it runs: a name, a version of one, or a channel; without one it holds nothing but apps. */
    blueprint?: string | BlueprintRef;
    exposure?: Exposure;
    addresses?: ClusterAddresses;
    /** Who counts the requests of its apps; nobody when omitted. */
    prometheus?: ClusterPrometheus;
    owner?: string;
  };
}

export interface BlueprintAddon {
  name: string;
  description?: string;
  /** Kubernetes objects, as they are applied. */
  objects: Array<Record<string, unknown>>;
}

/** Which version of a blueprint is meant; with neither version nor channel, the one that rollouts brought it to. */
export interface BlueprintRef {
  name: string;
  version?: number;
  channel?: string;
}

/** Clusters that follow a blueprint by their labels: its name, one of its channels, or one version. */
export interface BlueprintFollowers {
  clusterSelector: LabelSelector;
  channel?: string;
  version?: number;
}

export type DriftPolicy = 'NotSet' | 'DetectAndNotify' | 'BlockAndNotify';

/** A versioned cluster baseline. Inherits add-ons of `base`; one of the same name replaces the inherited one. */
export interface BlueprintFile {
  apiVersion: typeof API_VERSION;
  kind: 'Blueprint';
  metadata: { name: string; title?: string; description?: string };
  spec: {
    version: number;
    state: BlueprintState;
    /** Names by which clusters follow it, beside its own: `stable`. */
    channels?: string[];
    /** Of the newest version that is no draft they count; clusters that nothing else assigns follow by them. */
    followers?: BlueprintFollowers[];
    /** A plain name means the version that is the newest when this one becomes active. */
    base?: string | { name: string; version: number };
    drift?: DriftPolicy;
    /** What apps on its clusters are held to; a field takes the place of that of the base. */
    apps?: GuardRails;
    addons: BlueprintAddon[];
  };
}

export interface ClusterSetFile {
  apiVersion: typeof API_VERSION;
  kind: 'ClusterSet';
  metadata: { name: string; title?: string; description?: string };
  spec: {
    clusterSelector?: LabelSelector;
    /** What its clusters run, where their own files say nothing. */
    blueprint?: string | BlueprintRef;
  };
}

/** How objects of some kinds are judged, where the platform knows better; see docs/health-rules.md for the words. */
export interface HealthRulesFile {
  apiVersion: typeof API_VERSION;
  kind: 'HealthRules';
  metadata: { name: string; title?: string; description?: string };
  spec: {
    rules: Array<{
      /** `group/Kind`, `group/*` or `*.group/*`; `/Pod` for the core group. */
      kinds: string[];
      /** Most decisive first: `Degraded if Ready=False`. The first whose tests hold gives the verdict. */
      checks: string[];
    }>;
  };
}

/** A value of an output or a parameter. */
export type ProvisionerValue = string | number | boolean;

/**
 * How the platform gives resources of one type and class. Texts of objects and
 * outputs may hold placeholders; see docs/resources.md for what they refer to.
 */
export interface ProvisionerFile {
  apiVersion: typeof API_VERSION;
  kind: 'Provisioner';
  metadata: { name: string; title?: string; description?: string };
  spec: {
    type: string;
    /** What workloads get that ask for no class when omitted: `default`. */
    class?: string;
    /** Clusters it serves; all when omitted. */
    clusters?: LabelSelector;
    /** Blueprints, one of which the cluster has or inherits from. */
    blueprints?: string[];
    /** Kinds that the cluster's blueprint must bring: `Cluster.postgresql.cnpg.io`. */
    kinds?: string[];
    /** What a workload may say under `params`. Without a default it must. */
    params?: Record<
      string,
      {
        description?: string;
        default?: ProvisionerValue;
        oneOf?: ProvisionerValue[];
      }
    >;
    /** What is drawn by chance for the resource, once per app and environment. */
    secret?: Record<string, { length: number }>;
    /** Kubernetes objects in the namespace of the app. */
    objects?: Array<Record<string, unknown>>;
    outputs?: Record<
      string,
      | ProvisionerValue
      /** A key of a Secret that an operator makes. */
      | { secretKeyRef: { name: string; key: string } }
    >;
  };
}

/** What becomes of a release that violates a policy: it is counted, it is told, it is refused. */
export const POLICY_MODES = ['audit', 'warn', 'deny'] as const;
export type PolicyMode = (typeof POLICY_MODES)[number];

/** What an exception is from. */
export type ExceptionKind = 'policy' | 'blueprint';

/** What has to be true, and what people are told where it is not. */
export interface PolicyValidation {
  /** CEL; see docs/policies.md for its variables. */
  expression: string;
  message: string;
  next?: string;
}

/** What releases of apps have to hold to. */
export interface PolicyFile {
  apiVersion: typeof API_VERSION;
  kind: 'Policy';
  metadata: { name: string; title?: string; description?: string };
  spec: {
    mode: PolicyMode;
    /** All that is given has to hold. */
    match?: {
      owners?: string[];
      systems?: string[];
      apps?: string[];
      environments?: string[];
      clusterSets?: string[];
      /** The cluster has one of them, or inherits from it. */
      blueprints?: string[];
      clusters?: LabelSelector;
    };
    validations: PolicyValidation[];
  };
}

export type PlatformFile =
  | EnvironmentFile
  | BlueprintFile
  | ClusterFile
  | ClusterSetFile
  | HealthRulesFile
  | ProvisionerFile
  | PolicyFile;

/** Those of one kind. */
export function filesOfKind<K extends PlatformFile['kind']>(
  files: readonly PlatformFile[],
  kind: K,
): Extract<PlatformFile, { kind: K }>[] {
  return files.filter(
    (file): file is Extract<PlatformFile, { kind: K }> => file.kind === kind,
  );
}

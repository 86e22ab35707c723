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

/** Rollout of Open Cluster Management. Durations in Go's format: `5m`, `1h30m`. */
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

/** Requirements of an app on its clusters. */
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
  /** By workload, in place of those in `deploy`; `null` is a fixed number. */
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

/** Kinds of which app.yaml may patch objects. `Pod` is the pod template, whatever its owner. */
export type PatchedKind =
  | 'Pod'
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'CronJob'
  | 'Service'
  | 'HorizontalPodAutoscaler'
  | 'PodDisruptionBudget';

/**
 * Fields with their names in Kubernetes, except that containers are keyed by
 * name. A map is merged, any other value replaces the existing one, and null
 * removes it.
 */
export interface ObjectPatch {
  metadata?: Record<string, unknown>;
  spec?: Record<string, unknown>;
}

export type WorkloadPatches = Partial<Record<PatchedKind, ObjectPatch>>;

/**
 * Destination that a workload calls: another app in the same environment, or
 * addresses. One of `app` and `cidr` is given.
 */
export interface AppConnection {
  app?: string;
  /** `10.0.0.0/8`; `0.0.0.0/0` means all addresses. */
  cidr?: string;
  /** TCP; all ports where omitted. */
  ports?: number[];
}

/** Kind of object that owns the pods of a workload. */
export type WorkloadKind =
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'CronJob'
  | 'Job';

/** When a task of a release runs: before its other workloads are changed, or once they are Healthy. */
export type TaskPhase = 'before-release' | 'after-release';

/** Number of instances of a workload on each cluster, by its load. At least one of the metrics is given. */
export interface Autoscaling {
  min: number;
  max: number;
  /** Average utilization over its instances, in percent of the CPU requests. */
  cpu?: number;
  /** The same for memory. */
  memory?: number;
  /** A metric of its pods that the cluster serves, and the target average per instance: `100`, `500m`. */
  metric?: { name: string; average: string };
}

/** Deployment settings of a workload that differ from the defaults. */
export interface WorkloadSettings {
  /** `Deployment` where omitted. */
  kind?: WorkloadKind;
  /** Of a Job: when it runs. Once per release and environment. */
  runs?: TaskPhase;
  /** Of a CronJob: minute, hour, day of month, month, day of week. */
  schedule?: string;
  /** Of a CronJob: `Europe/Berlin`; the cluster's where omitted. */
  timeZone?: string;
  /** Of a Job or CronJob: number of retries; 3 where omitted. */
  retries?: number;
  /** Of a Job or CronJob: seconds after which it is terminated and counts as failed. */
  deadlineSeconds?: number;
  /** Enforced level of the Pod Security Standards; `restricted` where omitted. */
  podSecurity?: 'restricted' | 'baseline';
  /** User id of its containers. */
  runAsUser?: number;
  /** Whether its containers get a token for the API of their cluster. */
  serviceAccountToken?: boolean;
  /** Destinations that it calls beside the app itself. */
  connections?: AppConnection[];
  /** Of a Deployment or StatefulSet; a fixed number where omitted. */
  autoscaling?: Autoscaling;
}

/** One environment of an app, as its owner refines it. Omitted fields come from the platform's Environment. */
export interface AppEnvironmentSpec {
  name: string;
  promotion?: { from?: string; approval?: string };
  requires?: Requirements;
  placement?: PlacementSpec;
  rollout?: RolloutSpec;
  overrides?: ClusterOverride[];
  replicas?: number;
  /** Its addresses: its own name when omitted, none for an empty list. */
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

/** How pushed code is built, where the defaults from package.json do not fit. */
export interface BuildSettings {
  /** The build step, one line for the shell; false for none. */
  command?: string | false;
  /** The same for folders whose images are built separately: `services/api`. */
  folders?: Record<string, Pick<BuildSettings, 'command'>>;
}

/** The platform's file `kind: Environment`: the defaults of every app. */
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
     * Seconds that an app stays on a cluster that is out of contact; then it
     * moves to another. 300 when omitted. A toleration of the taint
     * `cluster.open-cluster-management.io/unreachable` in `placement` takes
     * precedence; without `tolerationSeconds` the app stays forever.
     */
    failoverAfterSeconds?: number;
    /** Addresses of its apps; by the exposure of clusters only when omitted. */
    addresses?: EnvironmentAddresses;
    /** When releases may reach its clusters; always when omitted. Apps cannot change it. */
    changes?: ChangeCalendar;
    /** Limits for the fields of apps in app.yaml and score.yaml; all supported values when omitted. */
    allows?: {
      /** `Pod.spec.nodeSelector`. An empty list allows none. */
      patches?: string[];
      /** Largest requests and limits of one container. */
      resources?: { max?: ScoreResourceAmounts };
      /** Largest number of replicas of a workload, in app.yaml and by hand. */
      replicas?: { max?: number };
    };
  };
}

/** How traffic from outside reaches a workload's services on a cluster. */
export type Exposure =
  | { type: 'ClusterIP' }
  | { type: 'LoadBalancer' }
  /** `host` is the name for people's browsers; the cluster assigns the port. */
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
    /** Its blueprint: a name, a version of one, or a channel; without one it runs only apps. */
    blueprint?: string | BlueprintRef;
    exposure?: Exposure;
    addresses?: ClusterAddresses;
    /** Prometheus with the request counts of its apps; none when omitted. */
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

/** Reference to a version of a blueprint; with neither version nor channel, the one that rollouts brought it to. */
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
    /** Those of the newest version that is not a draft count; clusters without another assignment follow by them. */
    followers?: BlueprintFollowers[];
    /** A plain name means the newest version at the time when this one becomes active. */
    base?: string | { name: string; version: number };
    drift?: DriftPolicy;
    /** Guard rails for apps on its clusters; a field replaces that of the base. */
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
    /** Blueprint of its clusters, where their own files name none. */
    blueprint?: string | BlueprintRef;
  };
}

/** Health rules of the platform for some kinds; see docs/health-rules.md for their syntax. */
export interface HealthRulesFile {
  apiVersion: typeof API_VERSION;
  kind: 'HealthRules';
  metadata: { name: string; title?: string; description?: string };
  spec: {
    rules: Array<{
      /** `group/Kind`, `group/*` or `*.group/*`; `/Pod` for the core group. */
      kinds: string[];
      /** In order of precedence: `Degraded if Ready=False`. The first whose tests hold gives the verdict. */
      checks: string[];
    }>;
  };
}

/** A value of an output or a parameter. */
export type ProvisionerValue = string | number | boolean;

/**
 * How the platform provisions resources of one type and class. Texts of objects
 * and outputs may hold placeholders; see docs/resources.md for their names.
 */
export interface ProvisionerFile {
  apiVersion: typeof API_VERSION;
  kind: 'Provisioner';
  metadata: { name: string; title?: string; description?: string };
  spec: {
    type: string;
    /** `default` when omitted, for workloads that request no class. */
    class?: string;
    /** Clusters it serves; all when omitted. */
    clusters?: LabelSelector;
    /** Blueprints; the cluster has one of them or inherits from it. */
    blueprints?: string[];
    /** Kinds that the cluster's blueprint must install: `Cluster.postgresql.cnpg.io`. */
    kinds?: string[];
    /** Fields of a workload's `params`. Those without a default are required. */
    params?: Record<
      string,
      {
        description?: string;
        default?: ProvisionerValue;
        oneOf?: ProvisionerValue[];
      }
    >;
    /** Random values generated for the resource, once per app and environment. */
    secret?: Record<string, { length: number }>;
    /** Kubernetes objects in the namespace of the app. */
    objects?: Array<Record<string, unknown>>;
    outputs?: Record<
      string,
      | ProvisionerValue
      /** A key of a Secret that an operator creates. */
      | { secretKeyRef: { name: string; key: string } }
    >;
  };
}

/** Effect of a violation on a release: it is counted, warned about, or refused. */
export const POLICY_MODES = ['audit', 'warn', 'deny'] as const;
export type PolicyMode = (typeof POLICY_MODES)[number];

/** Kind of rule that an exception applies to. */
export type ExceptionKind = 'policy' | 'blueprint';

/** A condition, and the message where it does not hold. */
export interface PolicyValidation {
  /** CEL; see docs/policies.md for its variables. */
  expression: string;
  message: string;
  next?: string;
}

/** A policy for releases of apps. */
export interface PolicyFile {
  apiVersion: typeof API_VERSION;
  kind: 'Policy';
  metadata: { name: string; title?: string; description?: string };
  spec: {
    mode: PolicyMode;
    /** All given fields must match. */
    match?: {
      owners?: string[];
      systems?: string[];
      apps?: string[];
      environments?: string[];
      clusterSets?: string[];
      /** Blueprints; the cluster has one of them, or inherits from it. */
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

/** Returns the files of one kind. */
export function filesOfKind<K extends PlatformFile['kind']>(
  files: readonly PlatformFile[],
  kind: K,
): Extract<PlatformFile, { kind: K }>[] {
  return files.filter(
    (file): file is Extract<PlatformFile, { kind: K }> => file.kind === kind,
  );
}

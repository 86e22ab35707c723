import type { GuardRails } from './guardRails';
import type { Freshness } from './health';
import type { PlacementReason, PlacementRemedy } from './placementReasons';

/** Label selector of Kubernetes. Both parts must hold; an empty selector matches everything. */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: SelectorRequirement[];
}

export interface SelectorRequirement {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  values?: string[];
}

/** Source: open-cluster-management.io/api cluster/v1 Taint. */
export interface Taint {
  key: string;
  value?: string;
  effect: 'NoSelect' | 'PreferNoSelect' | 'NoSelectIfNew';
  /** RFC 3339. */
  timeAdded?: string;
}

export interface Toleration {
  key?: string;
  operator?: 'Exists' | 'Equal';
  value?: string;
  effect?: Taint['effect'];
  tolerationSeconds?: number;
}

export interface SpreadConstraint {
  topologyKey: string;
  topologyKeyType: 'Label' | 'Claim';
  /** At least 1; 1 when omitted. */
  maxSkew?: number;
  /** ScheduleAnyway when omitted, as in Open Cluster Management. */
  whenUnsatisfiable?: 'DoNotSchedule' | 'ScheduleAnyway';
}

export interface ClusterPredicate {
  requiredClusterSelector?: {
    labelSelector?: LabelSelector;
    claimSelector?: { matchExpressions?: SelectorRequirement[] };
    celSelector?: { celExpressions?: string[] };
  };
}

export interface PrioritizerConfig {
  scoreCoordinate: {
    type?: 'BuiltIn' | 'AddOn';
    builtIn?: string;
    addOn?: { resourceName: string; scoreName: string };
  };
  weight?: number;
}

/** How replicas are spread over the chosen clusters. Terms of Karmada's policy/v1alpha1. */
export interface ReplicaScheduling {
  /** Divided when omitted. */
  replicaSchedulingType?: 'Duplicated' | 'Divided';
  /** Weighted when omitted. */
  replicaDivisionPreference?: 'Aggregated' | 'Weighted';
  /** Equal weights when omitted. */
  weightPreference?: {
    staticWeightList?: Array<{
      targetCluster: { clusterNames?: string[]; labelSelector?: LabelSelector };
      weight: number;
    }>;
    dynamicWeight?: 'AvailableReplicas';
  };
}

export interface GroupClusterSelector {
  labelSelector?: LabelSelector;
  claimSelector?: { matchExpressions?: SelectorRequirement[] };
}

/** Selection of clusters. Terms of Open Cluster Management's Placement v1beta1. */
export interface PlacementSpec {
  clusterSets?: string[];
  /** All that fit when omitted. */
  numberOfClusters?: number;
  /** ORed; without any, every cluster fits. */
  predicates?: ClusterPredicate[];
  tolerations?: Toleration[];
  spreadPolicy?: { spreadConstraints?: SpreadConstraint[] };
  prioritizerPolicy?: {
    mode?: 'Additive' | 'Exact';
    configurations?: PrioritizerConfig[];
  };
  /** Every chosen cluster gets all replicas when omitted. */
  replicaScheduling?: ReplicaScheduling;
  decisionStrategy?: {
    groupStrategy?: {
      decisionGroups?: DecisionGroupSpec[];
      clustersPerDecisionGroup?: number | string;
    };
  };
}

/** Clusters that are updated together; groups take turns in their order. */
export interface DecisionGroupSpec {
  groupName?: string;
  groupClusterSelector?: GroupClusterSelector;
}

/** Facts about a cluster that placement judges. */
export interface ClusterFacts {
  name: string;
  labels: Record<string, string>;
  /** Facts such as `region`, `provider`, `version`, `distribution`. */
  claims: Record<string, string>;
  clusterSet?: string;
  /** All sets it belongs to, where sets may overlap; replaces `clusterSet`. */
  clusterSets?: string[];
  taints: Taint[];
  freshness: Freshness;
  /** RFC 3339; absent when it was never in contact. */
  observedAt?: string;
  /**
   * RFC 3339: start of the time without contact in which the portal was
   * running; `observedAt` counts when absent. Later than `observedAt` where no
   * portal was running in between.
   */
  silentSince?: string;
  /** Its blueprint, with all those it inherits from, nearest first. */
  blueprint?: {
    name: string;
    version: number;
    state: string;
    inherits: string[];
    /** Its guard rails for apps. */
    apps?: GuardRails;
  };
  /** Reference to its blueprint where that cannot be resolved: it is not defined, or no version of it is active. */
  unknownBlueprint?: string;
  /** No new app is placed here; what runs stays. */
  cordoned?: boolean;
  /** Nothing new is placed here, and what runs leaves. */
  draining?: boolean;
  deleting?: boolean;
  /** Free capacity that is not requested yet; absent when it is not known, then it is not judged. */
  free?: ResourceAmounts;
  allocatable?: ClusterAmounts;
  capacity?: ClusterAmounts;
  /** Scores of add-ons: `resource/score` to value -100..100. */
  scores?: Record<string, number>;
  /** Scores with their expiry; they take precedence over `scores`. */
  addOnScores?: AddOnScores[];
  /** The cluster object of its engine: `managedCluster` in CEL. Derived from the other facts when absent. */
  manifest?: Record<string, unknown>;
}

/** Source: open-cluster-management.io/api cluster/v1alpha1 AddOnPlacementScore. */
export interface AddOnScores {
  resource: string;
  /** RFC 3339. */
  validUntil?: string;
  scores: Array<{ name: string; value: number }>;
}

/** Capacity as a cluster reports it. */
export interface ClusterAmounts extends ResourceAmounts {
  /** CPU as a fraction of cores, where rounding to thousandths would lose precision. */
  cpuCores?: number;
  /** The most that any one of its nodes offers; without it nothing is judged by nodes. */
  largestNode?: NodeAmounts;
}

/** Allocatable amounts of a node. Unreported ones are absent. */
export interface NodeAmounts {
  cpuMillicores?: number;
  memoryBytes?: number;
  ephemeralStorageBytes?: number;
}

export interface ResourceAmounts {
  cpuMillicores?: number;
  memoryBytes?: number;
  pods?: number;
}

export interface PlacementVerdict {
  cluster: string;
  verdict: 'chosen' | 'spare' | 'refused';
  /** Present for chosen and spare ones; higher is better. */
  score?: number;
  /** All reasons of a refused cluster; the deciding ones for the others. */
  reasons: PlacementReason[];
  /** For refused ones: the smallest change that would admit it, where there is one. */
  remedy?: PlacementRemedy;
  /** `"index name"` of the decision group, only with decision groups. */
  group?: string;
  /** Replicas of the workload there, only where replicas are divided or duplicated. */
  replicas?: number;
}

/**
 * Result of placement with every reason: one verdict for every cluster of the
 * fleet, chosen first, then spare, then refused, each by name.
 */
export interface PlacementDecision {
  satisfied: boolean;
  /** Desired number of clusters; absent when all that fit are desired. */
  wanted?: number;
  chosen: string[];
  /** Why it is not satisfied, or other notes (an ignored field, a soft spread that was not kept). */
  notes: PlacementReason[];
  verdicts: PlacementVerdict[];
}

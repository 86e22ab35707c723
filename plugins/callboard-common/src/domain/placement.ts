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
  /** ScheduleAnyway when omitted, as Open Cluster Management has it. */
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

/** How replicas go over the chosen clusters. Words of Karmada's policy/v1alpha1. */
export interface ReplicaScheduling {
  /** Divided when omitted. */
  replicaSchedulingType?: 'Duplicated' | 'Divided';
  /** Weighted when omitted. */
  replicaDivisionPreference?: 'Aggregated' | 'Weighted';
  /** All the same when omitted. */
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

/** Which clusters. Words of Open Cluster Management's Placement v1beta1. */
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

/** Clusters that get something together; groups go in their order. */
export interface DecisionGroupSpec {
  groupName?: string;
  groupClusterSelector?: GroupClusterSelector;
}

/** What placement knows of a cluster. */
export interface ClusterFacts {
  name: string;
  labels: Record<string, string>;
  /** Facts such as `region`, `provider`, `version`, `distribution`. */
  claims: Record<string, string>;
  clusterSet?: string;
  /** All sets it belongs to, where sets may overlap; counts instead of `clusterSet`. */
  clusterSets?: string[];
  taints: Taint[];
  freshness: Freshness;
  /** RFC 3339; absent when it was never in contact. */
  observedAt?: string;
  /** RFC 3339: since when somebody listens and hears nothing; `observedAt` counts when absent. Later than that where nobody was there to listen. */
  silentSince?: string;
  /** The blueprint it runs, with all those it inherits from, nearest first. */
  blueprint?: {
    name: string;
    version: number;
    state: string;
    inherits: string[];
    /** What it holds apps to. */
    apps?: GuardRails;
  };
  /** The blueprint it is said to run, where it cannot be told what that is: nobody describes it, or no version of it is active. */
  unknownBlueprint?: string;
  /** No new app is placed here; what runs stays. */
  cordoned?: boolean;
  /** Nothing new is placed here, and what runs leaves. */
  draining?: boolean;
  deleting?: boolean;
  /** Free capacity that nobody asked for yet; absent when it is not known, then it is not judged. */
  free?: ResourceAmounts;
  allocatable?: ClusterAmounts;
  capacity?: ClusterAmounts;
  /** Scores of add-ons: `resource/score` to value -100..100. */
  scores?: Record<string, number>;
  /** Scores with the time until which they count; they win over `scores`. */
  addOnScores?: AddOnScores[];
  /** The cluster as its engine knows it: what `managedCluster` is in CEL. Made from the other facts when absent. */
  manifest?: Record<string, unknown>;
}

/** Source: open-cluster-management.io/api cluster/v1alpha1 AddOnPlacementScore. */
export interface AddOnScores {
  resource: string;
  /** RFC 3339. */
  validUntil?: string;
  scores: Array<{ name: string; value: number }>;
}

/** What a cluster has, as it writes it. */
export interface ClusterAmounts extends ResourceAmounts {
  /** CPU as a fraction of cores, where rounding to thousandths would lose something. */
  cpuCores?: number;
  /** The most that any one of its nodes gives; without it nothing is judged by nodes. */
  largestNode?: NodeAmounts;
}

/** What a node gives to instances. What it does not tell is absent. */
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
  /** All of them for a refused cluster; what decided for the others. */
  reasons: PlacementReason[];
  /** For refused ones: the smallest change that would admit it, where there is one. */
  remedy?: PlacementRemedy;
  /** `"index name"` of the decision group, only with decision groups. */
  group?: string;
  /** Replicas of the workload there, only where replicas are divided or duplicated. */
  replicas?: number;
}

/** The answer, with its whole working: one verdict for every cluster of the fleet, chosen first, then spare, then refused, each by name. */
export interface PlacementDecision {
  satisfied: boolean;
  /** Clusters wanted; absent when all that fit are wanted. */
  wanted?: number;
  chosen: string[];
  /** Why it is not satisfied, or what is worth knowing (an ignored field, a soft spread that was not kept). */
  notes: PlacementReason[];
  verdicts: PlacementVerdict[];
}

import type {
  LabelSelector,
  Taint,
  Toleration,
} from '@callboard/plugin-callboard-common';

/* Types of Karmada's policy/v1alpha1 and cluster/v1alpha1, as far as its scheduler reads them (1.16). */

export interface KarmadaCluster {
  name: string;
  labels: Record<string, string>;
  taints: KarmadaTaint[];
  provider?: string;
  region?: string;
  zones: string[];
  deleting: boolean;
  /** `apps/v1 Deployment` for every kind that the cluster serves. */
  apis: Set<string>;
  /** Absent where the cluster reports nothing: then it has no capacity. */
  resources?: ResourceSummary;
  /** Absent where the cluster does not report the size of its nodes. */
  grades?: NodeGrade[];
}

/** Nodes of a cluster by size: their minimum amounts and their number. */
export interface NodeGrade {
  least: Record<string, unknown>;
  count: number;
}

export interface KarmadaTaint extends Omit<Taint, 'effect'> {
  effect: string;
}

export interface KarmadaToleration extends Omit<Toleration, 'effect'> {
  effect?: string;
}

/** Quantities by resource, as the cluster writes them. */
export interface ResourceSummary {
  allocatable: Record<string, unknown>;
  allocated: Record<string, unknown>;
  allocating: Record<string, unknown>;
}

export interface FieldRequirement {
  key: string;
  operator: string;
  values: string[];
}

export interface ClusterAffinity {
  /** Only in a list of affinities, of which the first that works is taken. */
  affinityName?: string;
  labelSelector?: LabelSelector;
  fieldSelector?: FieldRequirement[];
  clusterNames: string[];
  exclude: string[];
}

export interface KarmadaSpread {
  field: string;
  minGroups: number;
  maxGroups: number;
}

export interface StaticWeight {
  target: ClusterAffinity;
  weight: number;
}

/** How replicas are divided over clusters; defaults of the policy are already filled in. */
export type Division =
  | { kind: 'duplicated' }
  /** `weights` absent: all clusters equal, and spread is ignored. */
  | { kind: 'static'; weights?: StaticWeight[] }
  | { kind: 'dynamic' }
  | { kind: 'aggregated' };

export interface KarmadaPlacement {
  affinities: ClusterAffinity[];
  tolerations: KarmadaToleration[];
  spread: KarmadaSpread[];
  division: Division;
}

/** The object to place. Without replicas it goes whole to every selected cluster. */
export interface KarmadaWorkload {
  apiVersion?: string;
  kind?: string;
  uid?: string;
  replicas: number;
  /** Whether a replica requests resources or a certain kind of node: zero replicas are then placed nowhere. */
  asksOfNodes?: boolean;
  /** Units per replica: thousandths for `cpu`, whole units for all others. */
  requests: Record<string, number>;
}

export interface TargetCluster {
  name: string;
  replicas: number;
}

export interface KarmadaInput {
  placement: KarmadaPlacement;
  workload: KarmadaWorkload;
  clusters: KarmadaCluster[];
  previous: TargetCluster[];
}

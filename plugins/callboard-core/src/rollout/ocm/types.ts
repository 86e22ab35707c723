/* Types of Open Cluster Management's cluster/v1alpha1 rollout (1.0). */

export type RolloutStatus =
  | 'ToApply'
  | 'Progressing'
  | 'Succeeded'
  | 'Failed'
  | 'TimeOut'
  | 'Skip';

export interface ClusterRolloutStatus {
  cluster: string;
  status: RolloutStatus;
  /** Start of the status; absent counts as now. */
  lastTransitionTime?: Date;
}

export interface RolloutGroup {
  name: string;
  clusters: string[];
}

export interface ListedCluster extends ClusterRolloutStatus {
  /** Index of its group; absent for a cluster without a group. */
  group?: number;
  /** When it times out, with a deadline. */
  timeOutTime?: Date;
}

/** Result of one step of a rollout: clusters in progress or next, timed out, and no longer placed. */
export interface RolloutAnswer {
  rollout: ListedCluster[];
  timeOut: ListedCluster[];
  removed: ListedCluster[];
  maxFailureBreach: boolean;
  /** Milliseconds until the result may change by time alone. */
  recheckAfterMs?: number;
}

/** A parsed strategy; sizes are not resolved, because their base differs. */
export interface Strategy {
  type: 'All' | 'Progressive' | 'ProgressivePerGroup';
  minSuccessMs: number;
  /** Absent: never. */
  deadlineMs?: number;
  maxFailures: Size;
  maxConcurrency: Size;
  mandatory: MandatoryReference[];
}

export interface RolloutQuestion {
  strategy: Strategy;
  groups: RolloutGroup[];
  statuses: ClusterRolloutStatus[];
}

/** A number, or a percentage of a number. */
export type Size =
  | { kind: 'count'; count: number }
  | { kind: 'percent'; percent: number };

/** By name, else by index. */
export interface MandatoryReference {
  name: string;
  index: number;
}

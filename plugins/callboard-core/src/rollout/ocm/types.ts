/* Words of Open Cluster Management's cluster/v1alpha1 rollout (1.0). */

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
  /** Since when it is so; absent counts as now. */
  lastTransitionTime?: Date;
}

export interface RolloutGroup {
  name: string;
  clusters: string[];
}

export interface ListedCluster extends ClusterRolloutStatus {
  /** Position of its group; absent for a cluster in none. */
  group?: number;
  /** When it counts as timed out, for what has a deadline. */
  timeOutTime?: Date;
}

/** One step of a rollout: what is under way or next, what timed out, and what is no longer placed. */
export interface RolloutAnswer {
  rollout: ListedCluster[];
  timeOut: ListedCluster[];
  removed: ListedCluster[];
  maxFailureBreach: boolean;
  /** Milliseconds until the answer may change by time alone. */
  recheckAfterMs?: number;
}

/** A strategy whose texts are read; sizes stay as written, for their base differs. */
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

/** A number, or a share of a number. */
export type Size =
  | { kind: 'count'; count: number }
  | { kind: 'percent'; percent: number };

/** By name, else by index. */
export interface MandatoryReference {
  name: string;
  index: number;
}

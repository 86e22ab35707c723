import type {
  Freshness,
  WorkloadKind,
} from '@callboard/plugin-callboard-common';

/** What somebody wants to be done to an environment of an app, beside releases and settings. */
export type OperationAction =
  | { kind: 'stop' }
  | { kind: 'start' }
  | { kind: 'restart' }
  /** Without a number: as many as the files say. */
  | { kind: 'scale'; replicas?: number };

/** How an environment is operated; running in as many replicas as the files say where nobody said otherwise. */
export interface Operation {
  state: 'running' | 'stopped';
  /** Instead of what the files say. */
  replicas?: number;
}

/** A workload as far as it can be stopped, started again and scaled. */
export interface OperatedWorkload {
  name: string;
  kind: WorkloadKind;
  /** Where the load says how many instances there are. */
  autoscaling?: { min: number; max: number };
}

/** An environment of an app as it is operated now. */
export interface OperatedEnvironment {
  app: string;
  /** What people call the environment. */
  title: string;
  release: number;
  operation: Operation;
  /** Replicas that the files say. */
  declared: number;
  /** The most replicas that the platform allows there. */
  mostReplicas?: number;
  /** True where replicas are divided over the clusters. */
  isDivided: boolean;
  /** Releases and restarts go over its clusters in waves. */
  hasWaves: boolean;
  workloads: readonly OperatedWorkload[];
  /** Names of the databases, volumes and other resources that it keeps. */
  resources: readonly string[];
  clusters: readonly OperatedCluster[];
}

export interface OperatedCluster {
  cluster: string;
  freshness: Freshness;
  /** Instances that it is to run now. */
  instances: number;
  /** Instances that it would run by the files, or by a number that was said by hand, when it is started. */
  running: number;
}

import type {
  Freshness,
  WorkloadKind,
} from '@callboard/plugin-callboard-common';

/** A requested action on an environment of an app, beside releases and settings. */
export type OperationAction =
  | { kind: 'stop' }
  | { kind: 'start' }
  | { kind: 'restart' }
  /** Without a number: the number in the files. */
  | { kind: 'scale'; replicas?: number };

/** How an environment is operated; by default running with the replicas in the files. */
export interface Operation {
  state: 'running' | 'stopped';
  /** Replaces the number in the files. */
  replicas?: number;
}

/** Facts about a workload that decide whether it can be stopped, restarted and scaled. */
export interface OperatedWorkload {
  name: string;
  kind: WorkloadKind;
  /** Present where an autoscaler sets the number of instances. */
  autoscaling?: { min: number; max: number };
}

/** An environment of an app as it is operated now. */
export interface OperatedEnvironment {
  app: string;
  /** Title of the environment. */
  title: string;
  release: number;
  operation: Operation;
  /** Replicas in the files. */
  declared: number;
  /** The most replicas that the platform allows there. */
  mostReplicas?: number;
  /** True where replicas are divided over the clusters. */
  isDivided: boolean;
  /** Releases and restarts roll out over its clusters in waves. */
  hasWaves: boolean;
  workloads: readonly OperatedWorkload[];
  /** Names of the databases, volumes and other resources that it keeps. */
  resources: readonly string[];
  clusters: readonly OperatedCluster[];
}

export interface OperatedCluster {
  cluster: string;
  freshness: Freshness;
  /** Desired number of instances now. */
  instances: number;
  /** Number of instances when it is started, by the files or by a number that was set by hand. */
  running: number;
}

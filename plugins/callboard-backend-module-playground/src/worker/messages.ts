import type { Result } from '@callboard/plugin-callboard-common';
import type { BuildInput, BuildOutput } from '@callboard/plugin-callboard-node';
import type {
  BuildLimits,
  Control,
  Isolation,
  PackageRegistry,
  UserRange,
} from '@callboard/plugin-callboard-sandbox-node';
import type { DatabaseFacts } from '../databases/findPostgres';
import type { SimulatedCluster } from '../fleet/SimulatedCluster';

export interface WorkerSettings {
  /** Folder for the clusters' state and the bundles. */
  dataDir: string;
  clusters: readonly SimulatedCluster[];
  /** Port of the clusters; a free one when 0. */
  port: number;
  nodePortBase: number;
  builds: {
    limits: BuildLimits;
    registries: readonly PackageRegistry[];
    /** Hosts that builds may reach, beside registries. */
    hosts: readonly string[];
  };
}

/** Facts about this machine that the worker reports. */
export interface WorkerFacts {
  /** Port of the clusters. */
  port: number;
  isolation: Isolation;
  /** Limits on pushed code that the kernel enforces. */
  controls: readonly Control[];
  postgres: DatabaseFacts;
  /** User ids of pushed code that shares this machine's network. */
  peers?: UserRange;
}

/** A build's input without the callbacks, which stay in the portal. */
export type BuildOrder = Omit<BuildInput, 'signal' | 'onOutput'>;

/** A task of the worker, requested by the portal. */
export type Task =
  | { kind: 'build'; input: BuildOrder }
  | { kind: 'measure'; images: readonly string[] }
  | { kind: 'remove'; image: string }
  | { kind: 'power'; cluster: string; on: boolean };

/** The answer to each kind of task. */
export interface Answers {
  build: Result<BuildOutput>;
  /** Bytes of each existing bundle. */
  measure: Result<Map<string, number>>;
  remove: Result<void>;
  power: void;
}

/** A message from the portal to the worker. A task has one answer. */
export type Order =
  | { kind: 'open'; settings: WorkerSettings }
  | { kind: 'do'; id: number; task: Task }
  | { kind: 'abort'; id: number }
  | { kind: 'close' };

/** A message from the worker to the portal. */
export type Report =
  | { kind: 'opened'; facts: WorkerFacts }
  | { kind: 'failed'; message: string; code?: string }
  | { kind: 'output'; id: number; line: string }
  | { kind: 'done'; id: number; answer: Answers[keyof Answers] }
  | { kind: 'error'; id: number; message: string; code?: string };

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
  /** Where the clusters are reached; a free port when 0. */
  port: number;
  nodePortBase: number;
  builds: {
    limits: BuildLimits;
    registries: readonly PackageRegistry[];
    /** Hosts that builds may reach beside registries. */
    hosts: readonly string[];
  };
}

/** What the worker found on this machine. */
export interface WorkerFacts {
  /** Where the clusters are reached. */
  port: number;
  isolation: Isolation;
  /** What the kernel limits of pushed code. */
  controls: readonly Control[];
  postgres: DatabaseFacts;
  /** Users of pushed code that shares this machine's network. */
  peers?: UserRange;
}

/** A build without what stays in the portal. */
export type BuildOrder = Omit<BuildInput, 'signal' | 'onOutput'>;

/** What the portal asks of the worker. */
export type Task =
  | { kind: 'build'; input: BuildOrder }
  | { kind: 'measure'; images: readonly string[] }
  | { kind: 'remove'; image: string }
  | { kind: 'power'; cluster: string; on: boolean };

/** What each task is answered with. */
export interface Answers {
  build: Result<BuildOutput>;
  /** Bytes of each bundle that is there. */
  measure: Result<Map<string, number>>;
  remove: Result<void>;
  power: void;
}

/** From the portal to the worker. A task has one answer. */
export type Order =
  | { kind: 'open'; settings: WorkerSettings }
  | { kind: 'do'; id: number; task: Task }
  | { kind: 'abort'; id: number }
  | { kind: 'close' };

/** From the worker to the portal. */
export type Report =
  | { kind: 'opened'; facts: WorkerFacts }
  | { kind: 'failed'; message: string; code?: string }
  | { kind: 'output'; id: number; line: string }
  | { kind: 'done'; id: number; answer: Answers[keyof Answers] }
  | { kind: 'error'; id: number; message: string; code?: string };

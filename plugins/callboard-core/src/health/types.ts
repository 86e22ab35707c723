import type { Health, KubeObject } from '@callboard/plugin-callboard-common';

/** A verdict with the name under which the roll-up mentions it: an instance, a cluster, an environment. */
export interface HealthPart {
  name: string;
  /** What a message begins with that says by itself whose it is. */
  subject?: string;
  health: Health;
}

/** Judges one kind. Never throws: what it does not understand is Unknown or Progressing, never green. */
export type KindJudge = (object: KubeObject) => Health;

/** What is known of an app in one environment on one cluster when somebody asks "why". */
export interface Evidence {
  app: string;
  environment: string;
  cluster: string;
  workload?: string;
  /** Workloads, instances, nodes: whatever was observed, in any order. */
  objects: readonly KubeObject[];
  /** Events of the cluster, in any order. */
  events: readonly KubeObject[];
  /** Last output by pod name. May hold anything; it is bounded and masked before it is shown. */
  logs: Readonly<Record<string, string>>;
  /** Largest memory seen, in bytes, by pod name, where something measures it. */
  memoryPeaks?: Readonly<Record<string, number>>;
}

import type { Health, KubeObject } from '@callboard/plugin-callboard-common';

/** A verdict with the name that the roll-up uses for it: an instance, a cluster, an environment. */
export interface HealthPart {
  name: string;
  /** Beginning of a message that already names its subject. */
  subject?: string;
  health: Health;
}

/** Judges one kind. Never throws: an object that it does not understand is Unknown or Progressing, never green. */
export type KindJudge = (object: KubeObject) => Health;

/** Facts about an app in one environment on one cluster, from which `diagnose` finds causes. */
export interface Evidence {
  app: string;
  environment: string;
  cluster: string;
  workload?: string;
  /** Workloads, instances, nodes: all observed objects, in any order. */
  objects: readonly KubeObject[];
  /** Events of the cluster, in any order. */
  events: readonly KubeObject[];
  /** Last output by pod name. Untrusted; it is bounded and masked before it is shown. */
  logs: Readonly<Record<string, string>>;
  /** Largest memory measured, in bytes, by pod name, where metrics are available. */
  memoryPeaks?: Readonly<Record<string, number>>;
}

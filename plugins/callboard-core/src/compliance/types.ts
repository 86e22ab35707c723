import type { Freshness } from '@callboard/plugin-callboard-common';

/** Recorded state of one environment of an app that has a release, at one instant. */
export interface AuditFacts {
  app: string;
  environment: string;
  /** The desired release. */
  release: number;
  /** The placement decision; absent before it was taken. */
  decision?: {
    /** The release of the decision. */
    release: number;
    chosen: readonly string[];
    /** Desired number of clusters; absent where every fitting one is desired. */
    wanted?: number;
    satisfied: boolean;
    /** A blueprint that each of its clusters must run. */
    requiredBlueprint?: string;
  };
  /** Clusters where it should run, runs or ran last, each once. */
  clusters: readonly AuditedCluster[];
}

/** State of an app on one cluster. */
export interface AuditedCluster {
  cluster: string;
  freshness: Freshness;
  observedAt?: Date;
  /** Whether anything of it runs there, as last observed. */
  isRunning: boolean;
  release?: number;
  /** Blueprints that were applied there: its own first, then its ancestors. */
  blueprints: readonly string[];
}

import type { Freshness } from '@callboard/plugin-callboard-common';

/** One environment of an app that has a release, as the record has it at one instant. */
export interface AuditFacts {
  app: string;
  environment: string;
  /** The release that shall run there. */
  release: number;
  /** Where it was decided to run; absent before it was decided. */
  decision?: {
    /** The release that was decided about. */
    release: number;
    chosen: readonly string[];
    /** Clusters wanted; absent where every suitable one is. */
    wanted?: number;
    satisfied: boolean;
    /** A blueprint that every one of its clusters must run. */
    requiredBlueprint?: string;
  };
  /** Clusters where it shall run, runs or ran last, each once. */
  clusters: readonly AuditedCluster[];
}

/** What is known of an app on one cluster. */
export interface AuditedCluster {
  cluster: string;
  freshness: Freshness;
  observedAt?: Date;
  /** Whether anything of it runs there, as last observed. */
  isRunning: boolean;
  release?: number;
  /** Blueprints that were applied there: its own first, then those it inherits from. */
  blueprints: readonly string[];
}

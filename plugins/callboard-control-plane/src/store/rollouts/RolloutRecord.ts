import type { Rollout } from '@callboard/plugin-callboard-core';

/** A rollout of a release over the clusters of an environment, with its whole state. */
export interface RolloutRecord {
  app: string;
  environment: string;
  /** The release that it rolls out. */
  release: number;
  /** The release that clusters run until their turn, to which a rollback returns; undefined for the first release. */
  before?: number;
  /** Number of the last change of the settings that it rolls out; absent where nothing is set. */
  settings?: number;
  /** The same of the settings that clusters have until their turn. */
  settingsBefore?: number;
  startedBy: string;
  startedAt: Date;
  /** When nothing was left to do. Later events on its clusters do not concern it. */
  finishedAt?: Date;
  /** Clusters on which the release is not placed any more. They keep what they run until the rollout is finished. */
  held: string[];
  /**
   * By cluster, the start (ms) of the contact that was last taken into account:
   * a later one means that the cluster was not watched in between.
   */
  contacts: Record<string, number>;
  /** The complete state of the pure state machine. */
  rollout: Rollout;
}

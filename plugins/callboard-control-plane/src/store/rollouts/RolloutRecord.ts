import type { Rollout } from '@callboard/plugin-callboard-core';

/** A release on its way over the clusters of an environment, with its whole state. */
export interface RolloutRecord {
  app: string;
  environment: string;
  /** What it brings. */
  release: number;
  /** What clusters run until their turn, and what rolling back goes to; undefined for the first release. */
  before?: number;
  /** Number of the last change of the settings that it brings; absent where nothing is set. */
  settings?: number;
  /** Of those that clusters have until their turn. */
  settingsBefore?: number;
  startedBy: string;
  startedAt: Date;
  /** When nothing was left to do. From then on it is history: what happens to clusters later is not its matter. */
  finishedAt?: Date;
  /** Clusters the release is not placed on any more. They keep what they run until it is done. */
  held: string[];
  /** By cluster, since when (ms) the contact holds that was last taken in: a later one means that nobody watched in between. */
  contacts: Record<string, number>;
  /** The state of the pure machine, whole. */
  rollout: Rollout;
}

import type { ChangeCalendar } from '@callboard/plugin-callboard-common';
import type { RolloutGroup, Strategy } from '@callboard/plugin-callboard-core';
import type {
  DeploymentRecord,
  EnvironmentReleaseRecord,
  RolloutRecord,
} from '../../store';
import type { ClusterStatus } from '../fleet/clusterStatusOf';

/** Settings as far as a rollout asks for them. */
export interface WantedSettings {
  /** Number of the last change; absent where nothing is set. */
  settings?: number;
  /** Who made it, where it is later than the release. */
  settingsBy?: string;
  /** True where they are what clusters have before the rollout on record: a change was taken back. */
  restoresBefore?: boolean;
}

/** Everything a rollout is decided by. */
export interface RolloutObservation {
  /** What people call the environment. */
  title: string;
  wanted: EnvironmentReleaseRecord & WantedSettings;
  strategy: Strategy;
  /** When releases may reach its clusters. */
  changes?: ChangeCalendar;
  /** Clusters the release is placed on, in decision groups. */
  groups: RolloutGroup[];
  /** Replicas on each of them, where they are not those that the files say. */
  replicas: ReadonlyMap<string, number>;
  /** Somebody stopped the environment: no cluster waits for its turn to end what runs. */
  isStopped?: boolean;
  /** What is on each cluster now. */
  deployments: ReadonlyMap<string, DeploymentRecord>;
  /** The newest rollout, of this release or of one before. */
  record?: RolloutRecord;
  clusterStatusOf(cluster: string): ClusterStatus;
}

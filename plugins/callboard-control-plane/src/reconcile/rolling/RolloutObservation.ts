import type { ChangeCalendar } from '@callboard/plugin-callboard-common';
import type { RolloutGroup, Strategy } from '@callboard/plugin-callboard-core';
import type {
  DeploymentRecord,
  EnvironmentReleaseRecord,
  RolloutRecord,
} from '../../store';
import type { ClusterStatus } from '../fleet/clusterStatusOf';

/** The settings that a rollout needs. */
export interface WantedSettings {
  /** Number of the last change; absent where nothing is set. */
  settings?: number;
  /** Author of the change, where it is later than the release. */
  settingsBy?: string;
  /** True where they are what clusters had before the recorded rollout: a change was reverted. */
  restoresBefore?: boolean;
}

/** Everything that a rollout depends on. */
export interface RolloutObservation {
  /** Display name of the environment. */
  title: string;
  wanted: EnvironmentReleaseRecord & WantedSettings;
  strategy: Strategy;
  /** When releases may reach its clusters. */
  changes?: ChangeCalendar;
  /** Clusters the release is placed on, in decision groups. */
  groups: RolloutGroup[];
  /** Replicas on each of them, where they differ from the files. */
  replicas: ReadonlyMap<string, number>;
  /** True where the environment was stopped: no cluster waits for its turn to stop. */
  isStopped?: boolean;
  /** Current deployment of each cluster. */
  deployments: ReadonlyMap<string, DeploymentRecord>;
  /** The newest rollout, of this release or of one before. */
  record?: RolloutRecord;
  clusterStatusOf(cluster: string): ClusterStatus;
}

import type { RolloutGroup, Strategy } from '@callboard/plugin-callboard-core';
import type {
  DeploymentRecord,
  EnvironmentReleaseRecord,
  RolloutRecord,
} from '../../store';
import type { ClusterStatus } from '../fleet/clusterStatusOf';

/** Everything a rollout is decided by. */
export interface RolloutObservation {
  /** What people call the environment. */
  title: string;
  wanted: EnvironmentReleaseRecord;
  strategy: Strategy;
  /** Clusters the release is placed on, in decision groups. */
  groups: RolloutGroup[];
  /** Copies on each of them, where they are divided. */
  copies: ReadonlyMap<string, number>;
  /** What is on each cluster now. */
  deployments: ReadonlyMap<string, DeploymentRecord>;
  /** The newest rollout, of this release or of one before. */
  record?: RolloutRecord;
  clusterStatusOf(cluster: string): ClusterStatus;
}

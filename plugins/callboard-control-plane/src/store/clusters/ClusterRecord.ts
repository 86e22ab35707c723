import type {
  ClusterConnectionStatus,
  ClusterFile,
  Problem,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';

/** A cluster as its source describes it. */
export interface ClusterRecord {
  name: string;
  source: string;
  connectionKind: ClusterConnectionStatus['kind'];
  livenessDeadlineMs: number;
  file: ClusterFile;
}

/** Whether a cluster is heard of. Each state holds what is true in it. */
export type ClusterContact =
  | { state: 'live'; since: Date }
  | { state: 'lost'; since: Date; lastSeenAt?: Date; problem?: Problem };

/** What the cluster says of itself. */
export interface ClusterFactsRecord {
  version?: string;
  nodes: { ready: number; total: number };
  capacity: ResourceAmounts;
  allocatable: ResourceAmounts;
  /** What the instances that Callboard runs there ask for. */
  requested: Required<ResourceAmounts>;
}

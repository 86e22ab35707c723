import type { AssignedBy } from '@callboard/plugin-callboard-core';
import type {
  ClusterAmounts,
  ClusterConnectionStatus,
  ClusterFile,
  Problem,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';

/** A cluster as its source describes it, with the labels that people set by hand where it was read from the record. */
export interface ClusterRecord {
  name: string;
  source: string;
  connectionKind: ClusterConnectionStatus['kind'];
  livenessDeadlineMs: number;
  /** Its blueprint is the one that it is assigned, by whichever file. */
  file: ClusterFile;
  /** Absent where its own file says what it runs, and where nothing does. */
  assignment?: ClusterAssignment;
  /** Labels set by hand that are in `file` instead of the source's, and all that the source says. */
  handLabels?: {
    labels: Record<string, string>;
    by: string;
    since: Date;
    ofSource: Record<string, string>;
  };
}

/** Which other file says what blueprint a cluster runs, and what is wrong with what files say. */
export interface ClusterAssignment {
  by?: AssignedBy;
  problem?: Problem;
}

/** Whether a cluster is in contact. Each state holds what is true in it. */
export type ClusterContact =
  | { state: 'live'; since: Date }
  | { state: 'lost'; since: Date; lastSeenAt?: Date; problem?: Problem };

/** What the cluster says of itself. */
export interface ClusterFactsRecord {
  version?: string;
  nodes: { ready: number; total: number };
  capacity: ClusterAmounts;
  allocatable: ResourceAmounts;
  /** What the instances that Callboard runs there ask for. */
  requested: Required<ResourceAmounts>;
  /** What all other pods there ask for; absent where it was not told. */
  requestedByOthers?: Required<ResourceAmounts>;
}

import type { AssignedBy } from '@callboard/plugin-callboard-core';
import type {
  ClusterAmounts,
  ClusterConnectionStatus,
  ClusterFile,
  Problem,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';

/** A cluster as its source describes it; read from the database, also with the labels that people set by hand. */
export interface ClusterRecord {
  name: string;
  source: string;
  connectionKind: ClusterConnectionStatus['kind'];
  livenessDeadlineMs: number;
  /** Its blueprint is the assigned one, whichever file assigns it. */
  file: ClusterFile;
  /** Absent where its own file names the blueprint, and where no file does. */
  assignment?: ClusterAssignment;
  /** Labels set by hand that override the source's in `file`, and all labels of the source. */
  handLabels?: {
    labels: Record<string, string>;
    by: string;
    since: Date;
    ofSource: Record<string, string>;
  };
}

/** The other file that assigns a cluster's blueprint, and what is wrong with the assignments. */
export interface ClusterAssignment {
  by?: AssignedBy;
  problem?: Problem;
}

/** Whether a cluster is in contact. Each state holds the facts that are true in it. */
export type ClusterContact =
  | { state: 'live'; since: Date }
  | { state: 'lost'; since: Date; lastSeenAt?: Date; problem?: Problem };

/** Facts that the cluster reports. */
export interface ClusterFactsRecord {
  version?: string;
  nodes: { ready: number; total: number };
  capacity: ClusterAmounts;
  allocatable: ResourceAmounts;
  /** Requests of the instances that Callboard runs there. */
  requested: Required<ResourceAmounts>;
  /** Requests of all other pods there; absent where they were not reported. */
  requestedByOthers?: Required<ResourceAmounts>;
}

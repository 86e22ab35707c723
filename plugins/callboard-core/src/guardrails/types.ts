import type { ResourceAmounts } from '@callboard/plugin-callboard-common';

/** What an app asks for that guard rails may refuse. */
export interface GuardRailDemands {
  /** Workloads whose pods cannot be held to the level "restricted". */
  unrestricted: string[];
  /** Its release was made before workloads had network policies: where networks are denied it has no traffic. */
  isBeforeNetworkPolicies?: boolean;
  /** Images that it names itself, each once. */
  images: string[];
  containers: ContainerDemand[];
  /** The requests of one instance of each workload: what a release takes in addition while it replaces another, at least. */
  instances: Required<ResourceAmounts>;
}

/** What one container may take. */
export interface ContainerDemand {
  workload: string;
  container: string;
  cpuMillicores?: number;
  memoryBytes?: number;
}

/** One guard rail that an app does not keep, and what its developer can do about it. Without full stop. */
export interface GuardRailBreach {
  why: string;
  next: string;
}

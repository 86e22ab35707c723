import type { ResourceAmounts } from '@callboard/plugin-callboard-common';

/** Demands of an app that guard rails may refuse. */
export interface GuardRailDemands {
  /** Workloads whose pods cannot be held to the level "restricted". */
  unrestricted: string[];
  /** Its release was made before workloads had network policies: where networks are denied it gets no traffic. */
  isBeforeNetworkPolicies?: boolean;
  /** Images that it names itself, each once. */
  images: string[];
  containers: ContainerDemand[];
  /**
   * The requests of one instance of each workload: the least that a release
   * takes in addition while it replaces another.
   */
  instances: Required<ResourceAmounts>;
}

/** Demands of one container. */
export interface ContainerDemand {
  workload: string;
  container: string;
  cpuMillicores?: number;
  memoryBytes?: number;
}

/** One guard rail that an app breaches, and what its developer can do about it. Without full stop. */
export interface GuardRailBreach {
  why: string;
  next: string;
}

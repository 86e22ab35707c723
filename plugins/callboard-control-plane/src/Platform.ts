import type {
  HealthRule,
  ModulePlacementRule,
} from '@callboard/plugin-callboard-core';
import type {
  BlueprintFile,
  ClusterFile,
  ClusterSetFile,
  EnvironmentFile,
  PolicyFile,
  ProvisionerFile,
} from '@callboard/plugin-callboard-common';

/** The platform team's files, parsed. Read again at every look around, so that they may change under a running process. */
export interface Platform {
  readonly environments: readonly EnvironmentFile[];
  readonly blueprints: readonly BlueprintFile[];
  /** What the platform says of clusters that a source only knows how to reach; found by name. */
  readonly clusterFiles?: readonly ClusterFile[];
  /** Clusters that belong together by their labels. */
  readonly clusterSets?: readonly ClusterSetFile[];
  /** How objects of some kinds are judged; goes before our own rules. Another list when anything in it changed. */
  readonly healthRules?: readonly HealthRule[];
  /** How the platform gives resources. */
  readonly provisioners?: readonly ProvisionerFile[];
  /** What modules add to the rules of placement. */
  readonly placementRules?: readonly ModulePlacementRule[];
  /** What releases have to hold to. Another list when anything in it changed. */
  readonly policies?: readonly PolicyFile[];
}

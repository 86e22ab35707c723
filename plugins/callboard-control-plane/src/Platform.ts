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

/** The platform team's files, parsed. Read again at every resync, so that they may change under a running process. */
export interface Platform {
  readonly environments: readonly EnvironmentFile[];
  readonly blueprints: readonly BlueprintFile[];
  /** The platform's descriptions of clusters whose source only provides the connection; found by name. */
  readonly clusterFiles?: readonly ClusterFile[];
  /** Sets of clusters, selected by their labels. */
  readonly clusterSets?: readonly ClusterSetFile[];
  /**
   * How objects of some kinds are judged; takes precedence over the built-in
   * rules. A new list when anything in it changed.
   */
  readonly healthRules?: readonly HealthRule[];
  /** How the platform provides resources. */
  readonly provisioners?: readonly ProvisionerFile[];
  /** Placement rules that modules add. */
  readonly placementRules?: readonly ModulePlacementRule[];
  /** Policies for releases. A new list when anything in it changed. */
  readonly policies?: readonly PolicyFile[];
}

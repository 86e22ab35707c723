import type {
  ClusterFacts,
  Requirements,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';

/** What a rule of a module may look at of a cluster. */
export type RuledCluster = Readonly<
  Pick<
    ClusterFacts,
    | 'name'
    | 'labels'
    | 'claims'
    | 'clusterSet'
    | 'clusterSets'
    | 'taints'
    | 'blueprint'
  >
>;

/** What a rule of a module may look at of an app. */
export interface RuledApp {
  app: string;
  environment: string;
  requires?: Requirements;
  /** What one copy takes of the cluster; absent when it is not known. */
  needs?: ResourceAmounts;
}

/**
 * A placement rule that a module adds, in code. What it answers depends on its
 * two arguments alone, however often and in whatever order it is asked: a
 * decision stands until one of them changes, and is not taken again because the
 * time or somebody else's data changed. What changes by itself belongs into
 * labels and claims of the cluster, by a cluster source.
 */
export interface ModulePlacementRule {
  /** Lower case with dashes; no two have the same. */
  name: string;
  /**
   * Why the cluster may not run the app, as a sentence without full stop, and
   * what helps; undefined where it may. Where this throws, what runs stays where
   * it is and nothing new is placed.
   */
  refuse(
    cluster: RuledCluster,
    app: RuledApp,
  ): { why: string; next?: string } | undefined;
}

/** What the rules of modules are asked for an app. */
export interface ModuleRules {
  rules: readonly ModulePlacementRule[];
  app: Pick<RuledApp, 'app' | 'environment'>;
}

/** What rules of modules read of a cluster: with the same, they say the same. */
export const READ_BY_MODULES = [
  'labels',
  'claims',
  'clusterSet',
  'clusterSets',
  'taints',

  'blueprint',
] as const satisfies ReadonlyArray<keyof RuledCluster>;

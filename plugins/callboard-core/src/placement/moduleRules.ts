import type {
  ClusterFacts,
  Requirements,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';

/** Fields of a cluster that a rule of a module may read. */
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

/** Fields of an app that a rule of a module may read. */
export interface RuledApp {
  app: string;
  environment: string;
  requires?: Requirements;
  /** Amounts that the app takes of the cluster, per replica where they are divided; absent when not known. */
  needs?: ResourceAmounts;
}

/**
 * A placement rule that a module adds, in code. Its result must depend on its
 * two arguments alone, however often and in whatever order it is called: a
 * decision stays valid until one of them changes, and is not taken again
 * because time passed or other data changed. Facts that change by themselves
 * belong into labels and claims of the cluster, by a cluster source.
 */
export interface ModulePlacementRule {
  /** Unique; lower case with dashes. */
  name: string;
  /**
   * Returns why the cluster may not run the app, as a sentence without full
   * stop, and what helps; undefined where it may. Where it throws, running apps
   * stay where they are and nothing new is placed.
   */
  refuse(
    cluster: RuledCluster,
    app: RuledApp,
  ): { why: string; next?: string } | undefined;
}

/** Rules of modules, and the app they are called with. */
export interface ModuleRules {
  rules: readonly ModulePlacementRule[];
  app: Pick<RuledApp, 'app' | 'environment'>;
}

/** Fields of a cluster that rules of modules read: their result changes only with these. */
export const READ_BY_MODULES = [
  'labels',
  'claims',
  'clusterSet',
  'clusterSets',
  'taints',

  'blueprint',
] as const satisfies ReadonlyArray<keyof RuledCluster>;

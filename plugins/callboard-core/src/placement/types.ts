import type {
  ClusterFacts,
  NodeAmounts,
  PlacementChange,
  PlacementReason,
  PlacementSpec,
  Requirements,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';
import type { GuardRailDemands } from '../guardrails';
import type { ExpressionOutcome } from '../cel';
import type { ModuleRules } from './moduleRules';

/** Input of a placement: clusters, the app's needs, and where it runs now. */
export interface PlacementInput {
  spec: PlacementSpec;
  /** Requirements of the app on a cluster besides the environment's rule. */
  requires?: Requirements;
  clusters: ClusterFacts[];
  /** Clusters where it was placed before; they stay while they fit. */
  previous: string[];
  /** Amounts that the app takes of a cluster, per replica where they are divided; not judged when absent. */
  needs?: ResourceAmounts;
  /** The largest requests of any one instance; not judged when absent. */
  instance?: NodeAmounts;
  /** Facts that are compared with guard rails of clusters; not judged when absent. */
  demands?: GuardRailDemands;
  /** Rules that modules add; not judged when absent. */
  modules?: ModuleRules;
  /** Replicas to divide over the chosen clusters, where the placement divides them. */
  replicas?: number;
  /** Replicas on each cluster now; they stay as far as possible. */
  previousReplicas?: Record<string, number>;
  /** Time without contact after which the app leaves a cluster; when absent it stays for ever. */
  failoverAfterSeconds?: number;
  /** Number of other apps on each cluster; balanced by the prioritizer Balance. */
  others?: Record<string, number>;
  /** Amounts on clusters where they differ from `needs`. */
  needsOn?: Record<string, ResourceAmounts>;
  /** The largest requests of any one instance on clusters where they differ from `instance`. */
  instanceOn?: Record<string, NodeAmounts>;
  /** Demands on clusters where they differ from `demands`. */
  demandsOn?: Record<string, GuardRailDemands>;
  /** Clusters it should leave and may not yet, because no other replaces them. See `decideWithRetention`. */
  keeps?: readonly string[];
  /** Clusters to which it returns before any other is chosen, if they accept new apps. */
  returning?: readonly string[];
  /** Lost clusters that it left, and to which it does not return yet. */
  absentFrom?: readonly string[];
}

/** Input of a rule, besides the judged cluster. */
export interface RuleContext {
  spec: PlacementSpec;
  requires?: Requirements;
  needs?: ResourceAmounts;
  instance?: NodeAmounts;
  demands?: GuardRailDemands;
  modules?: ModuleRules;
  failoverAfterSeconds?: number;
  /** True where it already runs on the judged cluster. */
  held: boolean;
  /** True where it has to stay until another cluster replaces this one. */
  kept?: boolean;
  absentFrom?: readonly string[];
  now: Date;
  /** Evaluates a CEL expression of the spec on a cluster. */
  evaluate(expression: string, cluster: ClusterFacts): ExpressionOutcome;
}

/**
 * Result of a rule for one cluster.
 *
 * `fixes` are alternative sets of changes; each set alone would satisfy this
 * rule. Empty means that no change a person can make would help.
 */
export type Judgement =
  | { kind: 'admits'; notes: PlacementReason[] }
  | { kind: 'refuses'; reasons: PlacementReason[]; fixes: PlacementChange[][] };

/** A predicate that a cluster must meet. Pure; never reads other clusters. */
export interface PlacementRule {
  readonly name: string;
  /**
   * Same result as `judge` without reasons: cheap enough to be called for every
   * app and cluster of a fleet. Where it is absent `judge` is called.
   */
  admits?(cluster: ClusterFacts, context: RuleContext): boolean;
  judge(cluster: ClusterFacts, context: RuleContext): Judgement;
}

/** The rule admits the cluster without a note. */
export const ADMITS: Judgement = { kind: 'admits', notes: [] };

/** Decision behaviour of a family of policies: ours, or that of an existing engine. */
export interface PlacementProfile {
  rules: readonly PlacementRule[];
  /** Whether clusters where it runs come before any other, whatever their score. */
  staysPut: boolean;
  /** Whether `spreadPolicy` is enforced, or only declared. */
  keepsSpread: boolean;
}

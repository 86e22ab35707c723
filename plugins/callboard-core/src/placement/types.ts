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

/** The question: on which of these clusters may it run, given where it runs now? */
export interface PlacementInput {
  spec: PlacementSpec;
  /** What the app needs of a cluster beside the environment's rule. */
  requires?: Requirements;
  clusters: ClusterFacts[];
  /** Clusters where it was placed before; they stay while they fit. */
  previous: string[];
  /** What one copy of the app takes of a cluster; not judged when absent. */
  needs?: ResourceAmounts;
  /** The most that any one instance asks of a node; not judged when absent. */
  instance?: NodeAmounts;
  /** What guard rails of clusters are compared with; not judged when absent. */
  demands?: GuardRailDemands;
  /** Rules that modules add; not judged when absent. */
  modules?: ModuleRules;
  /** Replicas to divide over the chosen clusters, where the placement divides them. */
  replicas?: number;
  /** Replicas on each cluster now; what is there stays as far as it can. */
  previousReplicas?: Record<string, number>;
  /** After this silence of a cluster the app is moved away; it stays for ever when absent. */
  failoverAfterSeconds?: number;
  /** How many other apps were placed on each cluster; what the prioritizer Balance evens out. */
  others?: Record<string, number>;
  /** What one copy takes on clusters where it is otherwise than `needs`. */
  needsOn?: Record<string, ResourceAmounts>;
  /** The most that any one instance asks of a node on clusters where it is otherwise than `instance`. */
  instanceOn?: Record<string, NodeAmounts>;
  /** The same on clusters where it is otherwise than `demands`. */
  demandsOn?: Record<string, GuardRailDemands>;
  /** Clusters it would have to leave and may not yet: nothing else was found that takes its place. See `decideWithRetention`. */
  keeps?: readonly string[];
  /** Clusters it comes back to before any other, if they take it as they take what is new. */
  returning?: readonly string[];
  /** Clusters it left when they were lost, and to which it does not come back yet. */
  absentFrom?: readonly string[];
}

/** The question as one cluster meets it: what a rule may look at. */
export interface RuleContext {
  spec: PlacementSpec;
  requires?: Requirements;
  needs?: ResourceAmounts;
  instance?: NodeAmounts;
  demands?: GuardRailDemands;
  modules?: ModuleRules;
  failoverAfterSeconds?: number;
  /** True where it runs on the judged cluster already. */
  held: boolean;
  /** True where it has to stay until something takes its place. */
  kept?: boolean;
  absentFrom?: readonly string[];
  now: Date;
  /** Evaluates a CEL expression of the spec on a cluster. */
  evaluate(expression: string, cluster: ClusterFacts): ExpressionOutcome;
}

/**
 * What a rule says of one cluster.
 *
 * `fixes` are alternative sets of changes; each set alone would satisfy this rule.
 * None means that nothing a person can change would help.
 */
export type Judgement =
  | { kind: 'admits'; notes: PlacementReason[] }
  | { kind: 'refuses'; reasons: PlacementReason[]; fixes: PlacementChange[][] };

/** A predicate that a cluster must meet. Pure; never looks at other clusters. */
export interface PlacementRule {
  readonly name: string;
  /**
   * What `judge` decides, without saying why: cheap enough to be asked of every
   * app and cluster of a fleet. Where it is absent `judge` is asked.
   */
  admits?(cluster: ClusterFacts, context: RuleContext): boolean;
  judge(cluster: ClusterFacts, context: RuleContext): Judgement;
}

/** The rule has nothing against it, and nothing worth saying. */
export const ADMITS: Judgement = { kind: 'admits', notes: [] };

/** How a family of policies decides: ours, or that of an engine people already run. */
export interface PlacementProfile {
  rules: readonly PlacementRule[];
  /** Whether clusters where it runs come before any other, whatever they score. */
  staysPut: boolean;
  /** Whether `spreadPolicy` is kept, or only declared. */
  keepsSpread: boolean;
}

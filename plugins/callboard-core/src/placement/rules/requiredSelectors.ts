import type {
  ClusterFacts,
  ClusterPredicate,
  PlacementChange,
  PlacementReason,
  PlacementReasonOf,
  SelectorRequirement,
} from '@callboard/plugin-callboard-common';
import {
  fixRequirements,
  listRequirements,
  meetsRequirement,
  ownValue,
} from '../selectors';
import { isUndecided } from './isUndecided';
import {
  ADMITS,
  type Judgement,
  type PlacementRule,
  type RuleContext,
} from '../types';

/**
 * The cluster meets at least one predicate: all of its labels, claims and
 * expressions hold. Where several predicates fail, the reasons of each are
 * reported. A running app stays on a cluster on which an expression fails,
 * while no other replaces it.
 *
 * Source: open-cluster-management.io/ocm pkg/placement/plugins/predicate (1.0).
 */
export const requiredSelectors: PlacementRule = {
  name: 'required-selectors',
  admits(cluster, context) {
    const { predicates = [] } = context.spec;
    return (
      predicates.length === 0 ||
      predicates.some(predicate => meets(cluster, predicate, context)) ||
      (context.kept === true &&
        requiredSelectors.judge(cluster, context).kind === 'admits')
    );
  },
  judge(cluster, context): Judgement {
    const predicates = context.spec.predicates ?? [];
    if (predicates.length === 0) return ADMITS;
    const reasons = predicates.map(predicate =>
      reasonsAgainst(cluster, predicate, context),
    );
    if (reasons.some(against => against.length === 0)) return ADMITS;
    const reported =
      predicates.length === 1 ? reasons[0] : reasons.flatMap(numbered);
    if (context.held && context.kept && isUndecided(reported))
      return { kind: 'admits', notes: reported.filter(isFailure).map(stays) };
    return {
      kind: 'refuses',
      reasons: reported,
      fixes: predicates.flatMap((predicate, index) => {
        const dropped = reasons[index].filter(
          reason => reason.rule === 'required-expression',
        );
        return fixPredicate(
          cluster,
          predicate,
          dropped.map(reason => dropExpression(reason, index)),
        );
      }),
    };
  },
};

type FailedExpression = PlacementReasonOf<'required-expression'>;

/** A predicate's reason against a cluster. */
type Against =
  | PlacementReasonOf<'required-labels' | 'required-claims'>
  | FailedExpression;

function reasonsAgainst(
  cluster: ClusterFacts,
  predicate: ClusterPredicate,
  context: RuleContext,
): Against[] {
  const { labels, claims, expressions } = requirementsOf(predicate);
  return [
    ...labels.flatMap(requirement =>
      check('required-labels', requirement, cluster.labels),
    ),
    ...claims.flatMap(requirement =>
      check('required-claims', requirement, cluster.claims),
    ),
    ...expressions.flatMap(expression =>
      checkExpression(expression, cluster, context),
    ),
  ];
}

function meets(
  cluster: ClusterFacts,
  predicate: ClusterPredicate,
  context: RuleContext,
): boolean {
  const { labels, claims, expressions } = requirementsOf(predicate);
  return (
    labels.every(requirement =>
      meetsRequirement(requirement, cluster.labels),
    ) &&
    claims.every(requirement =>
      meetsRequirement(requirement, cluster.claims),
    ) &&
    expressions.every(
      expression => context.evaluate(expression, cluster).kind === 'true',
    )
  );
}

interface PredicateRequirements {
  labels: SelectorRequirement[];
  claims: SelectorRequirement[];
  expressions: string[];
}

/** Cached: a predicate is evaluated for every cluster, and never changes. */
const requirementsKnown = new WeakMap<
  ClusterPredicate,
  PredicateRequirements
>();

function requirementsOf(predicate: ClusterPredicate): PredicateRequirements {
  const known = requirementsKnown.get(predicate);
  if (known !== undefined) return known;
  const requirements = listParts(predicate);
  requirementsKnown.set(predicate, requirements);
  return requirements;
}

function listParts({
  requiredClusterSelector,
}: ClusterPredicate): PredicateRequirements {
  return {
    labels: listRequirements(requiredClusterSelector?.labelSelector ?? {}),
    claims: requiredClusterSelector?.claimSelector?.matchExpressions ?? [],
    expressions: requiredClusterSelector?.celSelector?.celExpressions ?? [],
  };
}

/** Only `true` is a match: a runtime error or any other value is not. */
function checkExpression(
  expression: string,
  cluster: ClusterFacts,
  context: RuleContext,
): Against[] {
  const outcome = context.evaluate(expression, cluster);
  if (outcome.kind === 'true') return [];
  return [
    {
      rule: 'required-expression',
      facts: {
        expression,
        outcome: outcome.kind,
        ...(outcome.kind === 'failed' && { why: outcome.why }),
      },
    },
  ];
}

function isFailure(reason: Against): reason is FailedExpression {
  return (
    reason.rule === 'required-expression' && reason.facts.outcome === 'failed'
  );
}

function stays({ facts }: FailedExpression): PlacementReason {
  return {
    rule: 'stays-until-replaced',
    facts: { because: 'expression', ...facts },
  };
}

/** A change that satisfies an expression cannot be found in general; removing it can. */
function dropExpression(
  { facts }: FailedExpression,
  predicate: number,
): PlacementChange {
  return {
    rule: 'drop-expression',
    facts: { expression: facts.expression, predicate: predicate + 1 },
  };
}

function check(
  rule: 'required-labels' | 'required-claims',
  requirement: SelectorRequirement,
  values: Record<string, string>,
): Against[] {
  if (meetsRequirement(requirement, values)) return [];
  const { key, operator } = requirement;
  const actual = ownValue(values, key);
  return [
    {
      rule,
      facts: {
        key,
        operator,
        wanted: requirement.values ?? [],
        ...(actual === undefined ? {} : { actual }),
      },
    },
  ];
}

function numbered(reasons: Against[], index: number): Against[] {
  const predicate = index + 1;
  return reasons.map(reason =>
    reason.rule === 'required-expression'
      ? { ...reason, facts: { ...reason.facts, predicate } }
      : { ...reason, facts: { ...reason.facts, predicate } },
  );
}

function fixPredicate(
  cluster: ClusterFacts,
  predicate: ClusterPredicate,
  dropped: PlacementChange[],
): PlacementChange[][] {
  const { labels, claims } = requirementsOf(predicate);
  const labelChanges = fixRequirements(labels, cluster.labels, 'label');
  const claimChanges = fixRequirements(claims, cluster.claims, 'claim');
  if (labelChanges === undefined || claimChanges === undefined) return [];
  return [[...labelChanges, ...claimChanges, ...dropped]];
}

import type {
  ClusterFacts,
  ClusterPredicate,
  PlacementReason,
  SelectorRequirement,
} from '@callboard/plugin-callboard-common';
import {
  fixRequirements,
  listRequirements,
  meetsRequirement,
  ownValue,
} from '../selectors';
import { ADMITS, type Judgement, type PlacementRule } from '../types';

/**
 * The cluster meets at least one predicate: all of its labels and claims hold.
 * Where several predicates fail, the reasons of each are told.
 */
export const requiredSelectors: PlacementRule = {
  name: 'required-selectors',
  judge(cluster, { spec }): Judgement {
    const predicates = spec.predicates ?? [];
    if (predicates.length === 0) return ADMITS;
    const reasons = predicates.map(predicate =>
      reasonsAgainst(cluster, predicate),
    );
    if (reasons.some(against => against.length === 0)) return ADMITS;
    return {
      kind: 'refuses',
      reasons: predicates.length === 1 ? reasons[0] : reasons.flatMap(numbered),
      fixes: predicates.flatMap(predicate => fixPredicate(cluster, predicate)),
    };
  },
};

function reasonsAgainst(
  cluster: ClusterFacts,
  predicate: ClusterPredicate,
): PlacementReason[] {
  const { labels, claims } = requirementsOf(predicate);
  return [
    ...labels.flatMap(requirement =>
      check('required-labels', requirement, cluster.labels),
    ),
    ...claims.flatMap(requirement =>
      check('required-claims', requirement, cluster.claims),
    ),
  ];
}

function requirementsOf({ requiredClusterSelector }: ClusterPredicate) {
  return {
    labels: listRequirements(requiredClusterSelector?.labelSelector ?? {}),
    claims: requiredClusterSelector?.claimSelector?.matchExpressions ?? [],
  };
}

function check(
  rule: string,
  requirement: SelectorRequirement,
  values: Record<string, string>,
): PlacementReason[] {
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

function numbered(
  reasons: PlacementReason[],
  index: number,
): PlacementReason[] {
  return reasons.map(({ rule, facts }) => ({
    rule,
    facts: { ...facts, predicate: index + 1 },
  }));
}

function fixPredicate(
  cluster: ClusterFacts,
  predicate: ClusterPredicate,
): PlacementReason[][] {
  const { labels, claims } = requirementsOf(predicate);
  const labelChanges = fixRequirements(labels, cluster.labels, 'label');
  const claimChanges = fixRequirements(claims, cluster.claims, 'claim');
  if (labelChanges === undefined || claimChanges === undefined) return [];
  return [[...labelChanges, ...claimChanges]];
}

import type { DecisionGroupSpec } from '@callboard/plugin-callboard-common';
import { type LabelledCluster, groupDecisions } from './groupDecisions';

/**
 * Returns the clusters by the groups whose selectors they match, in the order
 * of the groups; those that match none come last. Invalid selectors match
 * nothing.
 */
export function groupByLabels(
  decisionGroups: readonly DecisionGroupSpec[],
  clusters: readonly LabelledCluster[],
): Array<{ name: string; clusters: string[] }> {
  const grouped = groupDecisions(
    { groupStrategy: { decisionGroups: [...decisionGroups] } },
    clusters,
  );
  return grouped.kind === 'grouped'
    ? grouped.groups.map(({ name, clusters: members }) => ({
        name,
        clusters: members.sort(),
      }))
    : [{ name: '', clusters: clusters.map(({ name }) => name).sort() }];
}

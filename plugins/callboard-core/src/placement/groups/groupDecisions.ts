import type {
  ClusterFacts,
  LabelSelector,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';
import { parsePercent } from '../../quantity';
import { compareText, matchesSelector, validateSelector } from '../selectors';

export interface DecisionGroup {
  index: number;
  /** Empty for clusters of no named group. */
  name: string;
  clusters: string[];
}

export type Grouping =
  | { kind: 'grouped'; groups: DecisionGroup[] }
  | { kind: 'misconfigured'; why: string };

export type Grouped = Extract<Grouping, { kind: 'grouped' }>;

/** Fields by which groups are made. */
export type LabelledCluster = Pick<ClusterFacts, 'name' | 'labels' | 'claims'>;

/**
 * Divides the chosen clusters into groups that are rolled out one after the
 * other: each goes to the first group it matches, by name within it, and groups
 * that are too large are split.
 *
 * Source: open-cluster-management.io/ocm
 * pkg/placement/controllers/scheduling/scheduling_controller.go (1.0).
 */
export function groupDecisions(
  strategy: PlacementSpec['decisionStrategy'],
  chosen: readonly LabelledCluster[],
): Grouping {
  const { decisionGroups = [], clustersPerDecisionGroup } =
    strategy?.groupStrategy ?? {};
  const size = sizeOf(clustersPerDecisionGroup, chosen.length);
  if (typeof size === 'string') return { kind: 'misconfigured', why: size };
  const groups: DecisionGroup[] = [];
  let left = [...chosen].sort((a, b) => compareText(a.name, b.name));
  const add = (name: string, members: readonly LabelledCluster[]) => {
    for (let start = 0; start < members.length; start += size) {
      const clusters = members
        .slice(start, start + size)
        .map(member => member.name);
      groups.push({ index: groups.length, name, clusters });
    }
  };
  for (const { groupName = '', groupClusterSelector = {} } of decisionGroups) {
    const labels: LabelSelector = groupClusterSelector.labelSelector ?? {};
    const claims: LabelSelector = {
      matchExpressions: groupClusterSelector.claimSelector?.matchExpressions,
    };
    const fault = validateSelector(labels) ?? validateSelector(claims);
    if (fault !== undefined) return { kind: 'misconfigured', why: fault };
    const matches = (cluster: LabelledCluster) =>
      matchesSelector(labels, cluster.labels) &&
      matchesSelector(claims, cluster.claims);
    add(groupName, left.filter(matches));
    left = left.filter(cluster => !matches(cluster));
  }
  add('', left);
  return { kind: 'grouped', groups };
}

/** Returns the clusters per group, or why the size is invalid. Absent, zero or negative means all. */
function sizeOf(
  wanted: number | string | undefined,
  total: number,
): number | string {
  let size = total;
  if (typeof wanted === 'number') size = wanted;
  if (typeof wanted === 'string') {
    const percent = parsePercent(wanted);
    if (percent === undefined)
      return `clustersPerDecisionGroup "${wanted}" is not a number or a percentage`;
    size = Math.ceil((percent / 100) * total);
  }
  return size <= 0 ? total : size;
}

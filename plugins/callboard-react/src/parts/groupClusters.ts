import type { Cluster, FleetSummary } from '@callboard/plugin-callboard-common';

export interface ClusterGroup {
  /** Value of the label; `none` for clusters without it. */
  value: string;
  /** Display name: the title of the environment of that name, otherwise the value. */
  title: string;
  clusters: Cluster[];
}

const OF_ENVIRONMENTS = 'env'; // the label by which environments select their clusters

const WITHOUT = 'none';

/**
 * Groups clusters by the value of a label: environments in their order, then
 * groups by name, those without the label last. Members keep their order.
 */
export function groupClusters(
  clusters: Cluster[],
  label: string,
  environments: FleetSummary['environments'] = [],
): ClusterGroup[] {
  const known = label === OF_ENVIRONMENTS ? environments : [];
  const rankOf = (value: string) => {
    const rank = known.findIndex(({ name }) => name === value);
    return rank < 0 ? known.length : rank;
  };
  const groups = new Map<string, Cluster[]>();
  for (const cluster of clusters) {
    const value = cluster.labels[label] ?? WITHOUT;
    groups.set(value, [...(groups.get(value) ?? []), cluster]);
  }
  return [...groups]
    .map(([value, members]) => ({
      value,
      title: known.find(({ name }) => name === value)?.title ?? value,
      clusters: members,
    }))
    .sort(
      (a, b) =>
        rankOf(a.value) - rankOf(b.value) ||
        Number(a.value === WITHOUT) - Number(b.value === WITHOUT) ||
        a.value.localeCompare(b.value, 'en', { numeric: true }),
    );
}

/** Labels that distinguish clusters: at least two values, and fewer values than clusters. */
export function groupingLabels(clusters: Cluster[]): string[] {
  const values = new Map<string, Set<string>>();
  for (const { labels } of clusters) {
    for (const [key, value] of Object.entries(labels)) {
      values.set(key, (values.get(key) ?? new Set()).add(value));
    }
  }
  return [...values]
    .filter(([, { size }]) => size > 1 && size < clusters.length)
    .map(([key]) => key)
    .sort();
}

import type { Cluster } from '@callboard/plugin-callboard-common';

export interface ClusterGroup {
  /** The label's value; `none` for clusters without it. */
  value: string;
  clusters: Cluster[];
}

const WITHOUT = 'none';

/** Clusters by the value of a label, groups by name and members in their order, those without the label last. */
export function groupClusters(
  clusters: Cluster[],
  label: string,
): ClusterGroup[] {
  const groups = new Map<string, Cluster[]>();
  for (const cluster of clusters) {
    const value = cluster.labels[label] ?? WITHOUT;
    groups.set(value, [...(groups.get(value) ?? []), cluster]);
  }
  return [...groups]
    .map(([value, members]) => ({ value, clusters: members }))
    .sort(
      (a, b) =>
        Number(a.value === WITHOUT) - Number(b.value === WITHOUT) ||
        a.value.localeCompare(b.value, 'en', { numeric: true }),
    );
}

/** Labels that tell clusters apart: at least two values, and fewer values than clusters. */
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

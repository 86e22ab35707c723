import type { Cluster } from '@callboard/plugin-callboard-common';

/** Clusters in which every word of the search occurs: in names, labels, claims, blueprint or apps. */
export function filterClusters(clusters: Cluster[], search: string): Cluster[] {
  const words = search.toLocaleLowerCase('en').split(/\s+/).filter(Boolean);
  if (words.length === 0) return clusters;
  return clusters.filter(cluster => {
    const text = searchableText(cluster);
    return words.every(word => text.includes(word));
  });
}

function searchableText({
  name,
  title,
  labels,
  claims,
  blueprint,
  apps,
  freshness,
}: Cluster): string {
  const pairs = [...Object.entries(labels), ...Object.entries(claims)].map(
    ([key, value]) => `${key}=${value}`,
  );
  return [
    name,
    title,
    freshness,
    blueprint?.name ?? '',
    ...pairs,
    ...apps.map(({ app }) => app),
  ]
    .join(' ')
    .toLocaleLowerCase('en');
}

import type { Cluster } from '@callboard/plugin-callboard-common';

/** A match of a search in a cluster: the field with its text. */
export interface ClusterMatch {
  field: string;
  text: string;
}

/** Finds clusters that contain every word of the search: in names, labels, claims, blueprint or apps. */
export function filterClusters(clusters: Cluster[], search: string): Cluster[] {
  const words = wordsOf(search);
  if (words.length === 0) return clusters;
  return clusters.filter(cluster => {
    const fields = searchableFields(cluster).map(({ text }) => fold(text));
    return words.every(word => fields.some(text => text.includes(word)));
  });
}

/**
 * Explains why a search matches a cluster, when its name does not show it: the
 * first field that contains each such word.
 */
export function explainMatch(cluster: Cluster, search: string): ClusterMatch[] {
  const [name, ...others] = searchableFields(cluster);
  const found = wordsOf(search)
    .filter(word => !fold(name.text).includes(word))
    .flatMap(word => {
      const match = others.find(({ text }) => fold(text).includes(word));
      return match ? [match] : [];
    });
  return [...new Set(found)];
}

function wordsOf(search: string): string[] {
  return fold(search).split(/\s+/).filter(Boolean);
}

function fold(text: string): string {
  return text.toLocaleLowerCase('en');
}

/** The searchable fields; the first is the name that every row shows. */
function searchableFields({
  name,
  title,
  labels,
  claims,
  blueprint,
  apps,
  freshness,
  scheduling,
}: Cluster): ClusterMatch[] {
  const pairs = (field: string, values: Record<string, string>) =>
    Object.entries(values).map(([key, value]) => ({
      field,
      text: `${key}=${value}`,
    }));
  return [
    { field: 'name', text: `${name} ${title}` },
    ...pairs('label', labels),
    ...pairs('claim', claims),
    ...(blueprint ? [{ field: 'blueprint', text: blueprint.name }] : []),
    ...apps.map(({ app }) => ({ field: 'app', text: app })),
    { field: 'contact', text: freshness },
    { field: 'scheduling', text: scheduling.state },
  ];
}

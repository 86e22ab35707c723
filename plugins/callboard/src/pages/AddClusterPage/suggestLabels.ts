import type { Cluster } from '@callboard/plugin-callboard-common';

const DEFAULT_KEYS = ['env', 'region']; // the keys that environments and pages use first
const MOST_KEYS = 3;
const MOST_VALUES = 6;

export interface LabelSuggestions {
  /** Suggested keys, most used first. */
  keys: string[];
  /** Values of a key in the fleet, most used first. */
  valuesOf(key: string): string[];
}

/** Suggests labels for a new cluster, from the most used labels of the fleet. */
export function suggestLabels(clusters: readonly Cluster[]): LabelSuggestions {
  const pairs = clusters.flatMap(({ labels }) => Object.entries(labels));
  const common = rank(pairs.map(([key]) => key)).filter(
    ([, count]) => count * 2 > clusters.length,
  );
  return {
    keys: common.length === 0 ? DEFAULT_KEYS : names(common, MOST_KEYS),
    valuesOf: key =>
      names(
        rank(pairs.filter(pair => pair[0] === key).map(([, value]) => value)),
        MOST_VALUES,
      ),
  };
}

function names(ranked: Array<[string, number]>, most: number): string[] {
  return ranked.slice(0, most).map(([name]) => name);
}

/** Counts texts; most used first, then by name. */
function rank(texts: readonly string[]): Array<[string, number]> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(
    ([a, countA], [b, countB]) => countB - countA || a.localeCompare(b, 'en'),
  );
}

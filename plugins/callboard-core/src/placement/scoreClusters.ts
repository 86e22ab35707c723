import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import type { ScoreContext, WeighedPrioritizer } from './prioritizers';

/** The score of one cluster and its parts. */
export interface ClusterScore {
  total: number;
  /** Only those other than 0, in the order of the prioritizers. */
  parts: Array<{ prioritizer: string; score: number; weight: number }>;
}

/** Sum of score times weight per cluster, in the order given. */
export function scoreClusters(
  clusters: readonly ClusterFacts[],
  prioritizers: readonly WeighedPrioritizer[],
  context: ScoreContext,
): ClusterScore[] {
  const columns = prioritizers.map(({ score }) => score(clusters, context));
  return clusters.map((_, row) => {
    const parts = prioritizers.map(({ name, weight }, column) => ({
      prioritizer: name,
      score: columns[column][row],
      weight,
    }));
    return {
      total: parts.reduce((sum, { score, weight }) => sum + score * weight, 0),
      parts: parts.filter(({ score }) => score !== 0),
    };
  });
}

import type { PlacementAnswerVerdict } from '@callboard/plugin-callboard-common';

/** Clusters with the same verdict for the same reasons. */
export interface VerdictGroup extends Omit<PlacementAnswerVerdict, 'cluster'> {
  clusters: string[];
}

const ORDER: Record<PlacementAnswerVerdict['verdict'], number> = {
  chosen: 0,
  spare: 1,
  refused: 2,
};

/**
 * Sorts verdicts: chosen first, then spare, then refused, each by name. Unless
 * `single`, refused and spare clusters with the same reasons share a row, larger
 * groups first; reasons that differ only by the cluster's own name are the same.
 */
export function groupVerdicts(
  verdicts: PlacementAnswerVerdict[],
  { single }: { single: boolean },
): VerdictGroup[] {
  const groups = new Map<string, VerdictGroup>();
  const sorted = [...verdicts].sort(
    (a, b) =>
      ORDER[a.verdict] - ORDER[b.verdict] || a.cluster.localeCompare(b.cluster),
  );
  for (const { cluster, ...rest } of sorted) {
    const isAlone = single || rest.verdict === 'chosen';
    const key = isAlone ? cluster : sameness(rest, cluster);
    const group = groups.get(key);
    if (group) group.clusters.push(cluster);
    else groups.set(key, { ...rest, clusters: [cluster] });
  }
  return [...groups.values()].sort(
    (a, b) =>
      ORDER[a.verdict] - ORDER[b.verdict] ||
      (single ? 0 : b.clusters.length - a.clusters.length) ||
      a.clusters[0].localeCompare(b.clusters[0]),
  );
}

function sameness(
  { verdict, reasons }: Omit<PlacementAnswerVerdict, 'cluster'>,
  cluster: string,
): string {
  return JSON.stringify([
    verdict,
    ...reasons.map(({ rule, message }) => [
      rule,
      message.replaceAll(cluster, '·'),
    ]),
  ]);
}

/**
 * Rules that refused any cluster, by name: the columns worth showing. A
 * capacity reason is always a shortage, also for a cluster that is kept.
 */
export function refusingRules(verdicts: PlacementAnswerVerdict[]): string[] {
  const rules = verdicts.flatMap(({ verdict, reasons }) =>
    reasons
      .map(({ rule }) => rule)
      .filter(rule => verdict === 'refused' || rule === 'has-capacity'),
  );
  return [...new Set(rules)].sort();
}

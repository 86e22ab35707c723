import type { EnvironmentCluster } from '@callboard/plugin-callboard-common';

/** Groups clusters that do not fit by their reasons: the most frequent first. */
export function groupRefused(
  clusters: readonly EnvironmentCluster[],
): { reason: string; refused: EnvironmentCluster[] }[] {
  const groups = new Map<string, EnvironmentCluster[]>();
  for (const cluster of clusters) {
    if (cluster.fits) continue;
    const reason = cluster.reasons.join('; ');
    groups.set(reason, [...(groups.get(reason) ?? []), cluster]);
  }
  return [...groups]
    .map(([reason, refused]) => ({ reason, refused }))
    .sort(
      (a, b) =>
        b.refused.length - a.refused.length || (a.reason < b.reason ? -1 : 1),
    );
}

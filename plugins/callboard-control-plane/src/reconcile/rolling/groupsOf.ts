import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import type { RolloutGroup } from '@callboard/plugin-callboard-core';

/** Returns the chosen clusters by decision group (`"index name"`), all together where there are none. */
export function groupsOf({
  verdicts,
  chosen,
}: Pick<PlacementDecision, 'verdicts' | 'chosen'>): RolloutGroup[] {
  const groups = new Map<number, RolloutGroup>();
  for (const cluster of chosen) {
    const { group = '0 ' } =
      verdicts.find(verdict => verdict.cluster === cluster) ?? {};
    const [index, ...name] = group.split(' ');
    const known = groups.get(Number(index));
    if (known) known.clusters.push(cluster);
    else
      groups.set(Number(index), { name: name.join(' '), clusters: [cluster] });
  }
  return [...groups.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, { name, clusters }]) => ({ name, clusters: clusters.sort() }));
}

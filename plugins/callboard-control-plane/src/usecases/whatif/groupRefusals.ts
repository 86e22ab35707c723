import {
  describePlacementReason,
  describeRemedy,
} from '@callboard/plugin-callboard-core';
import type {
  PlacementDecision,
  WhatIfRefusal,
} from '@callboard/plugin-callboard-common';

const MOST_GROUPS = 20;

/**
 * Why no other cluster accepts an app: clusters that refuse for the same
 * reasons together, largest groups first, then by name.
 *
 * @param gone - lost clusters: their refusal needs no explanation
 */
export function groupRefusals(
  decision: PlacementDecision | undefined,
  gone: readonly string[],
): WhatIfRefusal[] {
  const groups = new Map<string, WhatIfRefusal>();
  for (const { cluster, verdict, reasons, remedy } of decision?.verdicts ??
    []) {
    if (verdict !== 'refused' || gone.includes(cluster)) continue;
    const said = reasons.map(reason => ({
      rule: reason.rule,
      message: describePlacementReason(reason),
    }));
    const key = JSON.stringify(said);
    const group = groups.get(key) ?? {
      clusters: [],
      reasons: said,
      remedy: remedy ? describeRemedy(remedy) : null,
    };
    group.clusters.push(cluster);
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort(
      (a, b) =>
        b.clusters.length - a.clusters.length ||
        (a.clusters[0] < b.clusters[0] ? -1 : 1),
    )
    .slice(0, MOST_GROUPS);
}

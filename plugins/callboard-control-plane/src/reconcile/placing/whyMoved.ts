import { describePlacementReason } from '@callboard/plugin-callboard-core';
import type { PlacementDecision } from '@callboard/plugin-callboard-common';

/** Explains for the journal why an app leaves clusters or comes back to one; undefined where it does neither. Pure. */
export function whyMoved(
  before: PlacementDecision | undefined,
  after: PlacementDecision,
): string | undefined {
  const words = after.verdicts.flatMap(({ cluster, verdict, reasons }) => {
    const hasLeft =
      verdict === 'refused' && (before?.chosen.includes(cluster) ?? false);
    const spoke = hasLeft
      ? reasons
      : reasons.filter(({ rule }) => rule === 'comes-back');
    return spoke.map(
      reason => `${cluster}: ${lower(describePlacementReason(reason))}`,
    );
  });
  return words.length > 0 ? words.join('; ') : undefined;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

import type {
  PlacementDecision,
  PlacementReason,
} from '@callboard/plugin-callboard-common';

/** Facts that move with the clock, and reasons that only say that nothing moved. */
const VOLATILE_FACTS = new Set([
  'silentSeconds',
  'observedAt',
  'score',
  'failoverAfterSeconds',
  'freshness',
  'free',
]);
const RESTING_RULES = new Set([
  'stay-put',
  'unreachable-tolerated',
  'comes-back',
  'score',
  'fits',
  'shares-replicas',
]);

/**
 * True when a new decision says nothing new: same verdicts for the same
 * reasons. The first one is kept then, with the reasons for which each cluster
 * was chosen in the first place.
 */
export function isSameAnswer(
  a: PlacementDecision,
  b: PlacementDecision,
): boolean {
  return essence(a) === essence(b);
}

function essence(decision: PlacementDecision): string {
  const { satisfied, wanted, chosen, notes, verdicts } = decision;
  const judged = verdicts.map(
    ({ cluster, verdict, reasons, group, replicas }) => ({
      cluster,
      verdict,
      reasons: steadyParts(reasons),
      group,
      replicas,
    }),
  );
  return JSON.stringify({
    satisfied,
    wanted,
    chosen,
    notes: steadyParts(notes),
    judged,
  });
}

/** What a decision keeps of reasons: the same text for reasons that say the same. */
export function essenceOfReasons(reasons: readonly PlacementReason[]): string {
  return JSON.stringify(steadyParts(reasons));
}

function steadyParts(reasons: readonly PlacementReason[]): unknown[] {
  return reasons.flatMap(steadyPart);
}

function steadyPart({ rule, facts }: PlacementReason): unknown[] {
  if (RESTING_RULES.has(rule)) return [];
  const steady = Object.entries(facts)
    .filter(([name]) => !VOLATILE_FACTS.has(name))
    .sort(([x], [y]) => (x < y ? -1 : 1));
  return [{ rule, steady }];
}

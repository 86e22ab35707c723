import type {
  PlacementDecision,
  PlacementReason,
} from '@callboard/plugin-callboard-common';

/** Facts that change with the clock, and reasons that only report that nothing moved. */
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
 * Returns true when a new decision is equal: same verdicts for the same
 * reasons. The first one is then kept, with the reasons for which each cluster
 * was originally chosen.
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

/** Returns a text that is equal for equal reasons, without volatile facts. */
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

import type { PlacementReason } from '@callboard/plugin-callboard-common';

/**
 * True where predicates do not say no: in one of them nothing stands against
 * the cluster but expressions that fail on it. Pure.
 *
 * @param reasons - what `required-selectors` has against a cluster
 */
export function isUndecided(reasons: readonly PlacementReason[]): boolean {
  const said = new Set(
    reasons.filter(reason => !isFailure(reason)).map(predicateOf),
  );
  return reasons.some(reason => !said.has(predicateOf(reason)));
}

function isFailure(reason: PlacementReason): boolean {
  return (
    reason.rule === 'required-expression' && reason.facts.outcome === 'failed'
  );
}

/** Alternatives are numbered; one alone is not. */
function predicateOf({ facts }: PlacementReason): number {
  return 'predicate' in facts ? facts.predicate ?? 1 : 1;
}

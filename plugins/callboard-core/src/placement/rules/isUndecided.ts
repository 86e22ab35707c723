import type { PlacementReason } from '@callboard/plugin-callboard-common';

/**
 * Returns true where predicates do not clearly fail: in one of them only
 * expressions that cannot be evaluated fail on the cluster. Pure.
 *
 * @param reasons - reasons of `required-selectors` against a cluster
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

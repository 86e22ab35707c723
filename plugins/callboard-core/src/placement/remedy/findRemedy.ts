import type {
  PlacementChange,
  PlacementRemedy,
} from '@callboard/plugin-callboard-common';
import { judgeCluster, type ClusterJudgement } from '../judgeCluster';
import type { PlacementRule, RuleContext } from '../types';
import { applyChange, joinChanges, type Changeable } from './applyChange';

/** Most combinations tried per cluster; only placements with very many predicates have more. */
const MOST_COMBINATIONS = 2_000;

/**
 * Finds the smallest change that would admit a refused cluster: fewest single
 * changes first, ties by the order in which the rules propose them. Every
 * result was tried: with it, all rules admit the cluster.
 *
 * Undefined where a rule proposes no change.
 */
export function findRemedy(
  judgement: Extract<ClusterJudgement, { kind: 'refused' }>,
  rules: readonly PlacementRule[],
  context: RuleContext,
): PlacementRemedy | undefined {
  const given: Changeable = { cluster: judgement.cluster, ...context };
  const admitting = combine(judgement.fixes).find(changes => {
    const { cluster, spec, requires } = changes.reduce(applyChange, given);
    return (
      judgeCluster(cluster, rules, { ...context, spec, requires }).kind ===
      'fits'
    );
  });
  return admitting && joinChanges(admitting);
}

/** Combines one alternative of every rule, each change once, smallest sets first. */
function combine(fixes: readonly PlacementChange[][][]): PlacementChange[][] {
  let combinations: PlacementChange[][] = [[]];
  for (const alternatives of fixes) {
    combinations = combinations
      .flatMap(changes =>
        alternatives.map(alternative => union(changes, alternative)),
      )
      .slice(0, MOST_COMBINATIONS);
  }
  return combinations.sort((a, b) => a.length - b.length);
}

function union(
  changes: PlacementChange[],
  more: readonly PlacementChange[],
): PlacementChange[] {
  const added = more.filter(
    change => !changes.some(known => isSameChange(known, change)),
  );
  return added.length === 0 ? changes : [...changes, ...added];
}

function isSameChange(a: PlacementChange, b: PlacementChange): boolean {
  // JSON only where needed: this runs for every refused cluster.
  return a.rule === b.rule && JSON.stringify(a) === JSON.stringify(b);
}

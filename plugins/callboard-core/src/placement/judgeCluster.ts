import type {
  ClusterFacts,
  PlacementChange,
  PlacementReason,
} from '@callboard/plugin-callboard-common';
import type { PlacementRule, RuleContext } from './types';

/** Judgement of one cluster by all rules, before it is compared with others. */
export type ClusterJudgement =
  | { kind: 'fits'; cluster: ClusterFacts; notes: PlacementReason[] }
  | {
      kind: 'refused';
      cluster: ClusterFacts;
      reasons: PlacementReason[];
      /** Per refusing rule: alternative sets of changes that would satisfy it. */
      fixes: PlacementChange[][][];
    };

/** Judges a cluster by every rule, even after the first refusal: a refused cluster carries all its reasons. */
export function judgeCluster(
  cluster: ClusterFacts,
  rules: readonly PlacementRule[],
  context: RuleContext,
): ClusterJudgement {
  const notes: PlacementReason[] = [];
  const reasons: PlacementReason[] = [];
  const fixes: PlacementChange[][][] = [];
  for (const rule of rules) {
    const judgement = rule.judge(cluster, context);
    if (judgement.kind === 'admits') {
      notes.push(...judgement.notes);
    } else {
      reasons.push(...judgement.reasons);
      fixes.push(judgement.fixes);
    }
  }
  return reasons.length === 0
    ? { kind: 'fits', cluster, notes }
    : { kind: 'refused', cluster, reasons, fixes };
}

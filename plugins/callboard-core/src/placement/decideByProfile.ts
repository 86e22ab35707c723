import type {
  ClusterFacts,
  PlacementDecision,
  PlacementReasonOf,
} from '@callboard/plugin-callboard-common';
import { createEvaluator, type Evaluator } from './cel';
import {
  findFaultyPredicate,
  findFaultyToleration,
} from './findMisconfiguration';
import { groupDecisions } from './groups';
import { judgeCluster, type ClusterJudgement } from './judgeCluster';
import { isSteady, weighPrioritizers, type Weighing } from './prioritizers';
import { scoreClusters, type ClusterScore } from './scoreClusters';
import { type Candidate, chooseClusters } from './spread';
import type { PlacementInput, PlacementProfile, RuleContext } from './types';
import { misconfiguredDecision, writeDecision } from './writeDecision';

type Fit = Extract<ClusterJudgement, { kind: 'fits' }>;

/**
 * Decides a placement: judges every cluster, scores those that fit, chooses,
 * groups, and records the reasons. The profile selects the rules.
 */
export function decideByProfile(
  input: PlacementInput,
  profile: PlacementProfile,
  now: Date,
): PlacementDecision {
  const { spec, clusters } = input;
  const evaluator = createEvaluator(spec);
  const predicateFault =
    clusters.length > 0 && findFaultyPredicate(spec, evaluator.invalid);
  if (predicateFault) return misconfiguredDecision(input, predicateFault);

  const contextOf = contextsOf(input, evaluator, now);
  const judgements = clusters.map(cluster =>
    judgeCluster(cluster, profile.rules, contextOf(cluster)),
  );
  const fits = judgements.filter(
    (judgement): judgement is Fit => judgement.kind === 'fits',
  );
  const failed = findFailedRule(judgements);
  if (failed) return misconfiguredDecision(input, failed.why, failed.next);
  const weighing = weighPrioritizers(spec);
  const fault = findFault(input, judgements, weighing);
  if (fault !== undefined) return misconfiguredDecision(input, fault);

  const scores =
    weighing.kind === 'weighed'
      ? scoreFits(fits, input, weighing.prioritizers, now)
      : [];
  const stays = new Set([...input.previous, ...(input.returning ?? [])]);
  const staysPut = profile.staysPut && isSteady(weighing);
  const choice = chooseClusters(
    fits.map(
      ({ cluster }, index): Candidate => ({
        cluster,
        score: scores[index].total,
        held: staysPut && stays.has(cluster.name),
      }),
    ),
    profile.keepsSpread ? spec.spreadPolicy?.spreadConstraints ?? [] : [],
    spec.numberOfClusters ?? fits.length,
  );
  const grouping = groupDecisions(
    spec.decisionStrategy,
    choice.chosen.map(({ cluster }) => cluster),
  );
  if (grouping.kind === 'misconfigured')
    return misconfiguredDecision(input, grouping.why);
  return writeDecision({
    input,
    profile,
    judgements,
    choice,
    scores,
    grouping,
    contextOf,
  });
}

function contextsOf(
  input: PlacementInput,
  { evaluate }: Evaluator,
  now: Date,
): (cluster: ClusterFacts) => RuleContext {
  const { spec, requires, needs, needsOn, instance, instanceOn } = input;
  const { demands, demandsOn, modules, failoverAfterSeconds } = input;
  const held = new Set(input.previous);
  const kept = new Set(input.keeps);
  return ({ name }) => ({
    spec,
    requires,
    needs: needsOn?.[name] ?? needs,
    instance: instanceOn?.[name] ?? instance,
    demands: demandsOn?.[name] ?? demands,
    modules,
    failoverAfterSeconds,
    held: held.has(name),
    kept: kept.has(name),
    absentFrom: input.absentFrom,
    now,
    evaluate,
  });
}

/** Tolerations are only checked where a cluster met the predicates; prioritizers always. */
function findFault(
  { spec }: PlacementInput,
  judgements: readonly ClusterJudgement[],
  weighing: Weighing,
): string | undefined {
  const isAsked = judgements.some(
    judgement =>
      judgement.kind === 'fits' ||
      judgement.reasons.every(({ rule }) => rule === 'tolerates-taints'),
  );
  const tolerationFault = isAsked
    ? findFaultyToleration(spec.tolerations ?? [])
    : undefined;
  return (
    tolerationFault ??
    (weighing.kind === 'misconfigured' ? weighing.why : undefined)
  );
}

/** Finds a failed rule of a module; the judgements of all clusters are then unusable. */
function findFailedRule(
  judgements: readonly ClusterJudgement[],
): PlacementReasonOf<'misconfigured'>['facts'] | undefined {
  for (const judgement of judgements) {
    if (judgement.kind === 'fits') continue;
    for (const reason of judgement.reasons)
      if (reason.rule === 'misconfigured') return reason.facts;
  }
  return undefined;
}

function scoreFits(
  fits: readonly Fit[],
  { previous, others = {} }: PlacementInput,
  prioritizers: Extract<Weighing, { kind: 'weighed' }>['prioritizers'],
  now: Date,
): ClusterScore[] {
  const clusters = fits.map(({ cluster }) => cluster);
  return scoreClusters(clusters, prioritizers, {
    previous: new Set(previous),
    others,
    now,
  });
}

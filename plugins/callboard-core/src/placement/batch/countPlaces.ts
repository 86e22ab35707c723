import { createEvaluator } from '../cel';
import { PLACEMENT_RULES } from '../rules';
import type { PlacementInput } from '../types';

/** Counts the clusters on which an app could run by the predicates alone, without reasons, so that it is cheap. */
export function countPlaces(
  input: Omit<PlacementInput, 'others'>,
  now: Date,
): number {
  const { spec, requires, needs, needsOn, instance, instanceOn } = input;
  const { demands, demandsOn } = input;
  const { failoverAfterSeconds, absentFrom, modules } = input;
  const { evaluate } = createEvaluator(spec);
  const previous = new Set(input.previous);
  return input.clusters.filter(cluster => {
    const context = {
      spec,
      requires,
      needs: needsOn?.[cluster.name] ?? needs,
      instance: instanceOn?.[cluster.name] ?? instance,
      demands: demandsOn?.[cluster.name] ?? demands,
      modules,
      failoverAfterSeconds,
      absentFrom,
      held: previous.has(cluster.name),
      now,
      evaluate,
    };
    return PLACEMENT_RULES.every(rule =>
      rule.admits
        ? rule.admits(cluster, context)
        : rule.judge(cluster, context).kind === 'admits',
    );
  }).length;
}

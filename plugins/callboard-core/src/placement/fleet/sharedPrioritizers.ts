import { createEvaluator } from '../cel';
import { findFaultyPredicate } from '../findMisconfiguration';
import { weighPrioritizers, type WeighedPrioritizer } from '../prioritizers';
import type { FleetApp } from './FleetApp';

/**
 * The prioritizers whose scores are the same for all apps; Steady is left out, as
 * what runs comes first anyway. Undefined where scores depend on more than the
 * cluster, or where the placement is misconfigured.
 */
export function sharedPrioritizers({
  spec,
  others,
}: FleetApp): WeighedPrioritizer[] | undefined {
  const weighing = weighPrioritizers(spec);
  const fault = findFaultyPredicate(spec, createEvaluator(spec).invalid);
  if (
    weighing.kind !== 'weighed' ||
    fault !== undefined ||
    others !== undefined
  )
    return undefined;
  const isSteady = weighing.prioritizers.some(
    ({ name, weight }) => name === 'Steady' && weight > 0,
  );
  const isRelative = weighing.prioritizers.some(({ name }) =>
    name.startsWith('ResourceAllocatable'),
  );
  if (!isSteady || isRelative || isDoubtful(spec)) return undefined;
  return weighing.prioritizers.filter(({ name }) => name !== 'Steady');
}

/** What may turn out to make no sense is asked whole. */
function isDoubtful({
  tolerations = [],
  decisionStrategy,
  replicaScheduling,
}: FleetApp['spec']): boolean {
  return (
    decisionStrategy !== undefined ||
    replicaScheduling !== undefined ||
    tolerations.some(
      ({ key, operator, value }) =>
        !key || (operator === 'Exists' && Boolean(value)),
    )
  );
}

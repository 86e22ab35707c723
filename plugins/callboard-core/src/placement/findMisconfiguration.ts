import type {
  ClusterPredicate,
  PlacementSpec,
  Toleration,
} from '@callboard/plugin-callboard-common';
import { validateSelector } from './selectors';

/**
 * Returns why the predicates cannot be judged at all; undefined when they can.
 *
 * Source: open-cluster-management.io/ocm pkg/placement/plugins/predicate (1.0).
 */
export function findFaultyPredicate(
  spec: PlacementSpec,
  invalid: ReadonlyArray<{ expression: string; why: string }>,
): string | undefined {
  for (const predicate of spec.predicates ?? []) {
    const fault = faultOf(predicate);
    if (fault !== undefined) return fault;
  }
  const [first] = invalid;
  return (
    first &&
    `The expression "${first.expression}" does not compile: ${first.why}`
  );
}

function faultOf({
  requiredClusterSelector,
}: ClusterPredicate): string | undefined {
  return (
    validateSelector(requiredClusterSelector?.labelSelector ?? {}) ??
    validateSelector({
      matchExpressions:
        requiredClusterSelector?.claimSelector?.matchExpressions,
    })
  );
}

/**
 * Returns why the tolerations cannot be judged; undefined when they can.
 *
 * Source: open-cluster-management.io/ocm pkg/placement/plugins/tainttoleration
 * (1.0).
 */
export function findFaultyToleration(
  tolerations: readonly Toleration[],
): string | undefined {
  for (const { key, operator, value } of tolerations) {
    if (!key && operator !== 'Exists')
      return 'A toleration without a key needs the operator Exists';
    if (operator === 'Exists' && value)
      return 'A toleration with the operator Exists takes no value';
  }
  return undefined;
}

import type {
  Node,
  NodeRequirement,
  PodSpec,
  Taint,
  Toleration,
} from '../kinds';
import { matchExpression } from '../selectors';

/** A node that never reported Ready is tainted by the node controller. */
export function isNodeReady({ status }: Node): boolean {
  return (status.conditions ?? []).some(
    ({ type, status: state }) => type === 'Ready' && state === 'True',
  );
}

export function isTolerated(
  taint: Taint,
  tolerations: readonly Toleration[],
): boolean {
  return tolerations.some(
    ({ key, operator, value, effect }) =>
      (effect === undefined || effect === taint.effect) &&
      (key === undefined || key === taint.key) &&
      (operator === 'Exists' || (value ?? '') === (taint.value ?? '')),
  );
}

export function matchesNode(
  { nodeSelector, affinity }: Pick<PodSpec, 'nodeSelector' | 'affinity'>,
  { metadata }: Node,
): boolean {
  const labels = metadata.labels ?? {};
  const terms =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms;
  return (
    Object.entries(nodeSelector ?? {}).every(
      ([key, value]) => labels[key] === value,
    ) &&
    (terms === undefined ||
      terms.some(
        ({ matchExpressions = [], matchFields = [] }) =>
          matchExpressions.every(requirement => meets(labels, requirement)) &&
          matchFields.every(requirement =>
            meets({ 'metadata.name': metadata.name }, requirement),
          ),
      ))
  );
}

function meets(
  labels: Record<string, string>,
  { key, operator, values = [] }: NodeRequirement,
): boolean {
  return matchExpression(labels[key], operator, values);
}

import type {
  LabelSelector,
  SelectorRequirement,
} from '@callboard/plugin-callboard-common';

/**
 * Returns true when the values meet the requirement.
 *
 * `NotIn` holds where the key is absent, as in Kubernetes; an unknown operator
 * never holds.
 */
export function meetsRequirement(
  requirement: SelectorRequirement,
  values: Record<string, string>,
): boolean {
  const actual = ownValue(values, requirement.key);
  const wanted = requirement.values ?? [];
  switch (requirement.operator) {
    case 'In':
      return actual !== undefined && wanted.includes(actual);
    case 'NotIn':
      return actual === undefined || !wanted.includes(actual);
    case 'Exists':
      return actual !== undefined;
    case 'DoesNotExist':
      return actual === undefined;
    default:
      return false;
  }
}

/** Returns a label selector as its single requirements, `matchLabels` first and by key. */
export function listRequirements(
  selector: LabelSelector,
): SelectorRequirement[] {
  const labels = Object.entries(selector.matchLabels ?? {})
    .sort(([a], [b]) => compareText(a, b))
    .map(
      ([key, value]): SelectorRequirement => ({
        key,
        operator: 'In',
        values: [value],
      }),
    );
  return [...labels, ...(selector.matchExpressions ?? [])];
}

/** Returns whether all requirements of the selector hold; an empty one always holds. */
export function matchesSelector(
  selector: LabelSelector,
  values: Record<string, string>,
): boolean {
  return listRequirements(selector).every(requirement =>
    meetsRequirement(requirement, values),
  );
}

/** Returns the value under a key, never one that every object inherits (`constructor`). */
export function ownValue(
  values: Record<string, string>,
  key: string,
): string | undefined {
  return Object.prototype.hasOwnProperty.call(values, key)
    ? values[key]
    : undefined;
}

/** Compares names as the engines do: by code unit, never by locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

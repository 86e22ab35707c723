import type {
  PlacementChange,
  SelectorRequirement,
} from '@callboard/plugin-callboard-common';
import { compareText, meetsRequirement } from './meetsRequirement';

/** Kind of the values: labels a person can set, or claims the cluster reports. */
export type ValueKind = 'label' | 'claim';

/**
 * Finds the fewest single changes of values with which all requirements hold:
 * one per violated key. Undefined where the requirements contradict each other.
 */
export function fixRequirements(
  requirements: readonly SelectorRequirement[],
  values: Record<string, string>,
  kind: ValueKind,
): PlacementChange[] | undefined {
  const keys = [...new Set(requirements.map(({ key }) => key))].sort(
    compareText,
  );
  const changes: PlacementChange[] = [];
  for (const key of keys) {
    const ofKey = requirements.filter(requirement => requirement.key === key);
    if (ofKey.every(requirement => meetsRequirement(requirement, values)))
      continue;
    const change = fixKey(key, ofKey, kind);
    if (change === undefined) return undefined;
    changes.push(change);
  }
  return changes;
}

function fixKey(
  key: string,
  requirements: readonly SelectorRequirement[],
  kind: ValueKind,
): PlacementChange | undefined {
  if (requirements.every(requirement => meetsRequirement(requirement, {}))) {
    return { rule: `remove-${kind}`, facts: { key } };
  }
  const value = candidatesFor(requirements).find(candidate =>
    requirements.every(requirement =>
      meetsRequirement(requirement, { [key]: candidate }),
    ),
  );
  return value === undefined
    ? undefined
    : { rule: `set-${kind}`, facts: { key, value } };
}

/** Returns possible values: those named by `In`, in their order, else one that no requirement excludes. */
function candidatesFor(requirements: readonly SelectorRequirement[]): string[] {
  const named = requirements.find(({ operator }) => operator === 'In')?.values;
  if (named !== undefined) return [...named];
  const excluded = new Set(
    requirements.flatMap(({ operator, values }) =>
      operator === 'NotIn' ? values ?? [] : [],
    ),
  );
  let free = 'true';
  for (let suffix = 2; excluded.has(free); suffix += 1) free = `true-${suffix}`;
  return [free];
}

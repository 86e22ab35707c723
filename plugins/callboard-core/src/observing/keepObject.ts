import type { KubeObject } from '@callboard/plugin-callboard-common';
import { deployerOf } from './deployerOf';
import type { KeptObject } from './types';

const MAX_OBJECT_BYTES = 64 * 1024;
const MAX_DEPTH = 30;

/** Not needed to judge an object; some of it may be secret. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'annotations',
  'args',
  'command',
  'managedFields',
]);

/**
 * Returns what is kept of an object that others deployed. Values of environment
 * variables, arguments and annotations are left out.
 *
 * @returns undefined for an object that stays too large, or too deep, even so
 */
export function keepObject(object: KubeObject): KeptObject | undefined {
  const kept = withoutValues(object, 0);
  if (kept === undefined) return undefined;
  const bytes = JSON.stringify(kept).length;
  if (bytes > MAX_OBJECT_BYTES) return undefined;
  return { object: kept as KubeObject, deployer: deployerOf(object), bytes };
}

function withoutValues(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value))
    return value.map(each => withoutValues(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      if (LEFT_OUT.has(key)) return [];
      if (key === 'env' && Array.isArray(each))
        return [[key, each.map(withoutValue)]];
      return [[key, withoutValues(each, depth + 1)]];
    }),
  );
}

/** Returns the name of a variable and its source. */
function withoutValue(variable: unknown): unknown {
  if (typeof variable !== 'object' || variable === null) return variable;
  const { value: _value, ...rest } = variable as Record<string, unknown>;
  return rest;
}

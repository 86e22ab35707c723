import { nearestName } from '../../nearestName';
import type { Provisioned } from '../types';

/** Reason why a resource is not provisioned. */
export type Refusal = Provisioned & { ok: false };

/** Returns the fault of the first parameter, by name, that a type does not have. */
export function unknownParam(
  params: Record<string, unknown>,
  known: readonly string[],
): Refusal | undefined {
  const odd = Object.keys(params)
    .sort()
    .find(param => !known.includes(param));
  if (odd === undefined) return undefined;
  const { hint, next } = nearestName(odd, known);
  return {
    ok: false,
    param: odd,
    why: `this parameter is not known${hint}`,
    next:
      known.length === 0 ? 'Remove it; this type takes no parameters' : next,
  };
}

export function quoteAll(names: readonly string[]): string {
  return names.map(name => `"${name}"`).join(', ');
}

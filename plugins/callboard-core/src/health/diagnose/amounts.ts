import { parseCpu, parseMemory } from '../../quantity';

/** Returns the amount of a resource in its unit: cores, bytes, pieces; undefined where the value is not a quantity. */
export function readAmount(
  resource: string,
  value: unknown,
): number | undefined {
  if (resource !== 'cpu') return parseMemory(value);
  const millicores = parseCpu(value);
  return millicores === undefined ? undefined : millicores / 1_000;
}

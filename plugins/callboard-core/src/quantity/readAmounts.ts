import { parseQuantity, toThousandths, toUnits } from './parseQuantity';

/** Parses `500m`, `0.5` or `2` as millicores; undefined where it is not a quantity. */
export function parseCpu(value: unknown): number | undefined {
  const nanos = parseQuantity(value);
  return nanos === undefined ? undefined : toThousandths(nanos);
}

/** Parses `128Mi` or `1G` as bytes; undefined where it is not a quantity. */
export function parseMemory(value: unknown): number | undefined {
  const nanos = parseQuantity(value);
  return nanos === undefined ? undefined : toUnits(nanos);
}

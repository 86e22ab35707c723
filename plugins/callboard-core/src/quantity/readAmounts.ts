import { parseQuantity, toThousandths, toUnits } from './parseQuantity';

/** `500m`, `0.5` or `2` as millicores; undefined for what is no quantity. */
export function parseCpu(value: unknown): number | undefined {
  const nanos = parseQuantity(value);
  return nanos === undefined ? undefined : toThousandths(nanos);
}

/** `128Mi` or `1G` as bytes; undefined for what is no quantity. */
export function parseMemory(value: unknown): number | undefined {
  const nanos = parseQuantity(value);
  return nanos === undefined ? undefined : toUnits(nanos);
}

import { parseCpu, parseMemory } from '../../quantity';

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const IN_BYTES = new Set(['memory', 'ephemeral-storage', 'storage']);

/** Bytes for people: `64 MiB`, `1.5 GiB`. */
export function describeBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${round(value)} ${BYTE_UNITS[unit]}`;
}

/** Amount of a resource in its unit: cores, bytes, pieces; undefined for what is no quantity. */
export function readAmount(
  resource: string,
  value: unknown,
): number | undefined {
  if (resource !== 'cpu') return parseMemory(value);
  const millicores = parseCpu(value);
  return millicores === undefined ? undefined : millicores / 1_000;
}

/** An amount of a resource for people: `64 CPU`, `0.25 CPU`, `512 MiB`, `3`. */
export function describeAmount(resource: string, amount: number): string {
  if (resource === 'cpu') return `${round(amount, 3)} CPU`;
  return IN_BYTES.has(resource) ? describeBytes(amount) : `${round(amount, 3)}`;
}

function round(value: number, digits = 1): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

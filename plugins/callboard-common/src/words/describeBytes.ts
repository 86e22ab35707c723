const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/**
 * Formats bytes for people, in the largest unit that leaves at least one: `512
 * MiB`, `1.5 GiB`, `161 GiB`.
 *
 * @param digits - decimals below 100 of a unit; more where two amounts that
 *   differ would read the same
 */
export function describeBytes(bytes: number, digits = 1): string {
  if (bytes < 0) return `-${describeBytes(-bytes, digits)}`;
  let value = bytes;
  let unit = 0;
  // An amount that rounds to 1024 of a unit is one of the next.
  while (roundBelow100(value, digits) >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${roundBelow100(value, unit === 0 ? 0 : digits)} ${UNITS[unit]}`;
}

/** Rounds to `digits` decimals; from 100 on to integers unless more than one decimal is requested. */
export function roundBelow100(value: number, digits: number): number {
  const factor = value >= 100 && digits <= 1 ? 1 : 10 ** digits;
  return Math.round(value * factor) / factor;
}

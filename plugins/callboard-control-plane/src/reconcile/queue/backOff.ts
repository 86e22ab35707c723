/** Pauses between attempts. */
export interface BackOff {
  firstMs: number;
  maxMs: number;
}

/**
 * Returns the pause before the next attempt: doubles with every failure up to a
 * maximum, and is spread over its upper half so that many do not come back at
 * once.
 *
 * @param failures - failures in a row, from 1
 * @param random - in [0, 1)
 */
export function backOffMs(
  { firstMs, maxMs }: BackOff,
  failures: number,
  random: number,
): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(full / 2 + (full / 2) * random);
}

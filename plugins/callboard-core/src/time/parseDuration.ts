const UNIT_MS: Record<string, number> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};
const PART = /(\d+(?:\.\d+)?)(ms|h|m|s)/gy;

/**
 * Parses a duration in Go's format (`5m`, `1h30m`, `1.5s`) into whole
 * milliseconds, rounded to the nearest.
 *
 * @returns undefined for any other text; signs and units below `ms` are not
 *   accepted
 */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  let total = 0;
  let end = 0;
  for (const match of text.matchAll(PART)) {
    total += Number(match[1]) * UNIT_MS[match[2]];
    end = match.index + match[0].length;
  }
  return end === 0 || end !== text.length || !Number.isFinite(total)
    ? undefined
    : Math.round(total);
}

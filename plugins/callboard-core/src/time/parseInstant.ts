/** RFC 3339: `2026-11-20T10:00:00Z`, `2026-11-20T10:00:00.5+01:00`. */
const RFC_3339 =
  /^(\d{4}-\d{2}-(\d{2}))T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

/**
 * Parses an RFC 3339 instant, as in `?at=`.
 *
 * @returns undefined for anything else: a date alone, a local time without its
 *   zone, 31 February
 */
export function parseInstant(text: string): Date | undefined {
  const parts = RFC_3339.exec(text);
  if (!parts) return undefined;
  const [, date, day] = parts;
  const at = new Date(text);
  // JavaScript parses 31 February as 3 March.
  const midnight = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || midnight.getUTCDate() !== Number(day)
    ? undefined
    : at;
}

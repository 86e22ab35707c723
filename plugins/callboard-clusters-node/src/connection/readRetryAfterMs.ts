const DEFAULT_MS = 1_000; // what the API server's own priority and fairness sends
const MIN_MS = 100; // "0" and dates that have passed would make one request follow the other without end
const MAX_MS = 60_000; // a header may not silence a cluster for good

/** Reads `Retry-After`: seconds or a date. Absent or nonsense: one second; never at once. */
export function readRetryAfterMs(
  header: string | undefined,
  nowMs: number,
): number {
  if (header === undefined || header.trim() === '') return DEFAULT_MS;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds)
    ? seconds * 1000
    : Date.parse(header) - nowMs;
  return Number.isFinite(ms)
    ? Math.min(Math.max(ms, MIN_MS), MAX_MS)
    : DEFAULT_MS;
}

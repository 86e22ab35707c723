const DEFAULT_MS = 1_000; // the value of the API server's own priority and fairness
const MIN_MS = 100; // "0" and past dates would cause requests without a pause
const MAX_MS = 60_000; // a header must not block a cluster for good

/** Reads `Retry-After`: seconds or a date. Absent or invalid: one second; never zero. */
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

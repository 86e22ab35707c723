/**
 * Milliseconds of a monotonic clock with an arbitrary start. Not
 * `performance.now()`, which loads a megabyte of measuring code that the agent
 * does not need.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}

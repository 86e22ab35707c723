/**
 * Milliseconds of a clock that never goes back, since some moment in the past.
 * As `performance.now()`, which loads a megabyte of what measures performance
 * into an agent that measures none.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}

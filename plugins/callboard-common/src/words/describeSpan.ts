const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * Formats a span for people, in its largest whole unit: `3 s`, `4 min`, `2 h`,
 * `3 days`. For ages; negative spans are `0 s`.
 */
export function describeSpan(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  if (span < MINUTE_MS) return `${Math.floor(span / SECOND_MS)} s`;
  if (span < HOUR_MS) return `${Math.floor(span / MINUTE_MS)} min`;
  if (span < DAY_MS) return `${Math.floor(span / HOUR_MS)} h`;
  const days = Math.floor(span / DAY_MS);
  return days === 1 ? '1 day' : `${days} days`;
}

/** Formats how long ago an instant was: `4 min ago`. A time in the future is `0 s ago`. */
export function describeAgo(then: Date, now: Date): string {
  return `${describeSpan(now.getTime() - then.getTime())} ago`;
}

/** Formats a time without contact, for sentences that are not updated every second: `less than 1 min`, `4 min`. */
export function describeSilence(milliseconds: number): string {
  return milliseconds < MINUTE_MS
    ? 'less than 1 min'
    : describeSpan(milliseconds);
}

/** Formats the time left, in started seconds so that it never reads `0 s` before the end: `1 s`, `2 min`. */
export function describeTimeLeft(milliseconds: number): string {
  return describeSpan(Math.ceil(milliseconds / SECOND_MS) * SECOND_MS);
}

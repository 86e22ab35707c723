/** The source of time of a simulated fleet. */
export interface Clock {
  now(): Date;
  /** Calls back once after `ms`; the returned function cancels it. */
  schedule(ms: number, callback: () => void): () => void;
}

/** Formats a time as the API does: RFC 3339, whole seconds. */
export function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** Formats a time with microseconds, as in events and leases. */
export function microTimestamp(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}

/** Where a simulated fleet gets its time from. */
export interface Clock {
  now(): Date;
  /** Calls back once after `ms`; the returned function cancels. */
  schedule(ms: number, callback: () => void): () => void;
}

/** Time as the API writes it: RFC 3339, whole seconds. */
export function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** Time with microseconds, as events and leases have it. */
export function microTimestamp(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}

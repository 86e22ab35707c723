import type { Freshness } from '@callboard/plugin-callboard-common';

/** When a cluster was last in contact, and the allowed time without contact. */
export interface Contact {
  observedAt?: Date;
  /** False once the connection is known to be gone. */
  connected: boolean;
  deadlineMs: number;
}

/**
 * Judges how old an observation is: `unreachable` without a connection, `stale`
 * past the deadline or never observed, else `live`.
 */
export function judgeFreshness(
  { observedAt, connected, deadlineMs }: Contact,
  now: Date,
): Freshness {
  if (!connected) return 'unreachable';
  if (!observedAt) return 'stale';
  return now.getTime() - observedAt.getTime() > deadlineMs ? 'stale' : 'live';
}

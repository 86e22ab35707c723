/** Contact with a cluster since Callboard started. */
export interface StartContact {
  /** When the cluster was last in contact, by this process or an earlier one. */
  observedAt?: Date;
  /** Start of this process' watches. */
  startedAt: Date;
  /** A request since then failed because the cluster was unreachable. */
  hasFailed: boolean;
  deadlineMs: number;
}

/**
 * Returns whether a cluster's state is still being read after a start of
 * Callboard: there was neither an answer nor a failure since, and its deadline
 * since the start has not passed. Until then its silence means nothing.
 */
export function isBeingRead(
  { observedAt, startedAt, hasFailed, deadlineMs }: StartContact,
  now: Date,
): boolean {
  if (hasFailed || (observedAt && observedAt >= startedAt)) return false;
  return now.getTime() - startedAt.getTime() <= deadlineMs;
}

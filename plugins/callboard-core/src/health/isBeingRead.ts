/** What is known of a cluster since Callboard started. */
export interface StartContact {
  /** When the cluster was last in contact, by this process or an earlier one. */
  observedAt?: Date;
  /** Since when this process listens to clusters. */
  startedAt: Date;
  /** It was asked since then and could not be reached. */
  hasFailed: boolean;
  deadlineMs: number;
}

/**
 * Whether a cluster's state is still being read after a start of Callboard:
 * there was no contact with it since, neither an answer nor a failure, and its
 * deadline since the start is not over. Its silence says nothing of it yet.
 */
export function isBeingRead(
  { observedAt, startedAt, hasFailed, deadlineMs }: StartContact,
  now: Date,
): boolean {
  if (hasFailed || (observedAt && observedAt >= startedAt)) return false;
  return now.getTime() - startedAt.getTime() <= deadlineMs;
}

/** Why nothing was recorded for a time. */
export type RecordGapCause = 'stopped' | 'paused' | 'no-database';

/** A time in which nothing was recorded, half-open. Instants are RFC 3339. */
export interface RecordGap {
  from: string;
  to: string;
  cause: RecordGapCause;
}

/** What `?at=` can ask for. */
export interface History {
  /** The first instant that is known. */
  since: string;
  /** The time without a record that `at` lies in: what is shown there is what was known last. */
  gap?: RecordGap & {
    /** In words, times in UTC. */
    sentence: string;
  };
}

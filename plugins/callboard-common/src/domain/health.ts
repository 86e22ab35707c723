/** How is it? Words and order of Argo CD. */
export type HealthStatus =
  | 'Healthy'
  | 'Suspended'
  | 'Progressing'
  | 'Missing'
  | 'Degraded'
  | 'Unknown';

/** A verdict with its grounds. `reason` is a stable CamelCase code, `message` a sentence in a developer's words. */
export interface Health {
  status: HealthStatus;
  reason: string;
  message: string;
}

/** Does the cluster hold what we want? */
export type SyncStatus = 'Synced' | 'OutOfSync' | 'Unknown';

/** How well do we know? `stale` past its deadline, `unreachable` once the connection is known to be gone. */
export type Freshness = 'live' | 'stale' | 'unreachable';

/**
 * What is wrong, in a developer's words: the first card of the app's page and
 * the last lines of a failed push.
 */
export interface Finding {
  /** Stable code, kebab-case: `crashed-at-start`, `image-not-found`, `out-of-memory`, `probe-failed`. */
  code: string;
  /** `shop cannot start in dev: it ends with exit code 3 right after start`. */
  what: string;
  /** Grounds as short labelled facts: exit code, probe's answer, limit and peak. */
  evidence: FindingEvidence[];
  /** The error in the output, first, then where in the code it arose; absent where the output names none. */
  excerpt?: string[];
  /** Last lines of the output, oldest first; at most 20 lines of 500 characters. */
  logTail: string[];
  /** RFC 3339. */
  since?: string;
  /** What changed just before, where the record knows it. */
  changedBefore?: string;
  /** What to do next. */
  next: string;
  /** How sure: the cause was named by the cluster, or is what fits best. */
  confidence: 'certain' | 'likely';
  /** Waiting longer cannot mend it: only another release or a person can. */
  conclusive?: boolean;
  cluster?: string;
  workload?: string;
}

export interface FindingEvidence {
  label: string;
  value: string;
}

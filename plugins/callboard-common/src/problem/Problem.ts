import type { ProblemCode } from './problemCodes';

/**
 * An expected failure, as a value. Its text is written once, here, and is the
 * same on pages, in the API, in `remote:` lines and in the journal.
 *
 * Words: capital first, no full stop, name the action, quote the values, give
 * the current and the needed state. Never holds a secret.
 */
export interface Problem {
  /** `cluster-unreachable`. Maps to an HTTP status in the backend. */
  code: ProblemCode;
  /** The failed action: `Cannot read "shop" on cluster "eu-1"`. */
  what: string;
  /** Why: `the API server did not answer within 5 s`. */
  why: string;
  /** The reader's next step. */
  next: string;
  /** Whether a retry without a change may help. */
  transient: boolean;
  /** Name of the workload that cannot be deployed. */
  workload?: string;
  /** Position of the fault in a file of the user. Lines and columns count from 1. */
  at?: SourceLocation;
  /** All faults in the files of a release, where the caller requested more than the first. */
  faults?: readonly Problem[];
  cause?: Problem;
}

/** A place in a file: `score.yaml`, `containers.web.image`, line 4. */
export interface SourceLocation {
  file: string;
  path?: string;
  line?: number;
  column?: number;
}

/** Either a value or the problem that prevented it. Bugs are thrown, expected failures are returned. */
export type Result<T> =
  | { ok: true; value: T }
  | { ok: false; problem: Problem };

/** Wraps a value as a success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps a problem as a failure. */
export function failed(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem };
}

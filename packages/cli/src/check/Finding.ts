import type { Problem } from '@callboard/plugin-callboard-common';

/** A finding about a file, for programs: one line of JSON each. */
export interface Finding {
  /** The file as named on the command line. */
  file: string;
  /** Counted from 1; null when the finding is about the whole file. */
  line: number | null;
  column: number | null;
  /** Path of the field, such as `containers.web.image`. */
  path: string | null;
  severity: 'error' | 'warning';
  what: string;
  why: string;
  next: string;
}

export function findingOf(
  file: string,
  { what, why, next, at }: Pick<Problem, 'what' | 'why' | 'next' | 'at'>,
  severity: Finding['severity'] = 'error',
): Finding {
  return {
    file,
    line: at?.line ?? null,
    column: at?.column ?? null,
    path: at?.path ?? null,
    severity,
    what,
    why,
    next,
  };
}

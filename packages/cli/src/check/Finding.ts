import type { Problem } from '@callboard/plugin-callboard-common';

/** What is wrong with a file, as programs read it: one line of JSON each. */
export interface Finding {
  /** As it was named on the command line. */
  file: string;
  /** Counted from 1; null where the whole file is meant. */
  line: number | null;
  column: number | null;
  /** Of the field, such as `containers.web.image`. */
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

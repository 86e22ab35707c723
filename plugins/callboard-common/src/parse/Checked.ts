import type { Problem } from '../problem';

/** Like `Result`, with every fault that was found: a push is refused by the first, `callboard check` lists them all. */
export type Checked<T> =
  | { ok: true; value: T }
  | { ok: false; problem: Problem; problems: readonly Problem[] };

/** Wraps an accepted value. */
export function accepted<T>(value: T): Checked<T> {
  return { ok: true, value };
}

/** Refuses with one problem. */
export function refused(problem: Problem): Checked<never> {
  return { ok: false, problem, problems: [problem] };
}

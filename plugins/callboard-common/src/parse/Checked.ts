import type { Problem } from '../problem';

/** As `Result`, with every fault that was found: a push is refused by the first, `callboard check` lists them all. */
export type Checked<T> =
  | { ok: true; value: T }
  | { ok: false; problem: Problem; problems: readonly Problem[] };

/** Wraps a value as good. */
export function accepted<T>(value: T): Checked<T> {
  return { ok: true, value };
}

/** Refuses for one reason. */
export function refused(problem: Problem): Checked<never> {
  return { ok: false, problem, problems: [problem] };
}

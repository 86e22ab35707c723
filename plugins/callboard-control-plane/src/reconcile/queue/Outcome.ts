import type { Problem } from '@callboard/plugin-callboard-common';

/** How a reconciler ends. */
export type Outcome =
  /** What is, is what should be; it is woken by the next change. */
  | { kind: 'settled' }
  /** All is well and it wants to look again. */
  | { kind: 'again'; afterMs: number; because: string }
  /** It failed in a way that may pass; it runs again after a growing pause. */
  | { kind: 'retry'; problem: Problem }
  /** It failed in a way that only a change can mend; it waits for one. */
  | { kind: 'stuck'; problem: Problem };

import type { Problem } from '@callboard/plugin-callboard-common';

/** Result of a reconciler. */
export type Outcome =
  /** Actual and desired state agree; the next change wakes it. */
  | { kind: 'settled' }
  /** Nothing failed; it runs again after a while. */
  | { kind: 'again'; afterMs: number; because: string }
  /** It failed with a transient problem; it runs again after a growing pause. */
  | { kind: 'retry'; problem: Problem }
  /** It failed with a problem that only a change can fix; it waits for one. */
  | { kind: 'stuck'; problem: Problem };

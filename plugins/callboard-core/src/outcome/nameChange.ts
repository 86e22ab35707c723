import type { ReleaseChange } from '@callboard/plugin-callboard-common';

/** A release in an environment. */
export interface ReleaseArrival {
  release: number;
  /** When it first came there; absent where it never was there, as far as known. */
  since?: Date;
}

/**
 * Names the kind of change of bringing a release to an environment. Pure.
 *
 * A rollback goes to a release that came there before the current one, whatever
 * their numbers: a release that never ran there is promoted, even an older one;
 * and returning from it to the newer one is a rollback.
 */
export function nameChange(
  to: ReleaseArrival,
  current: ReleaseArrival,
): ReleaseChange {
  if (to.since && current.since && to.since < current.since) return 'rollback';
  return to.release < current.release ? 'older' : 'newer';
}

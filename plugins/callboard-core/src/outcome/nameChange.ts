import type { ReleaseChange } from '@callboard/plugin-callboard-common';

/** A release in an environment. */
export interface ReleaseArrival {
  release: number;
  /** When it came there first; absent where it never was there, as far as is known. */
  since?: Date;
}

/**
 * What it is to bring a release into an environment. Pure.
 *
 * A rollback goes to a release that came there before the current one did,
 * whatever their numbers are: a release that never ran there is promoted, also
 * where it is older; and back from it to the newer one is a rollback.
 */
export function nameChange(
  to: ReleaseArrival,
  current: ReleaseArrival,
): ReleaseChange {
  if (to.since && current.since && to.since < current.since) return 'rollback';
  return to.release < current.release ? 'older' : 'newer';
}

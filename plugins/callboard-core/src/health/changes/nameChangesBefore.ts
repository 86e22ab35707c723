import { describeSpan } from '@callboard/plugin-callboard-common';

/** A change of a release, a blueprint, a node or the platform's files. */
export interface KnownChange {
  at: Date;
  /** Without full stop; the elapsed time follows in brackets: `Release 44 "Fix rounding" came`. */
  says: string;
}

const RECENT_MS = 3_600_000; // older changes are unlikely to be the cause
const SAME_SECOND_MS = 2_000; // clusters record whole seconds, and their clocks may differ
const MOST_NAMED = 2;

/**
 * Names the changes shortly before a problem began, the latest first.
 *
 * @returns undefined where no change is known of that time
 */
export function nameChangesBefore(
  changes: readonly KnownChange[],
  began: Date,
): string | undefined {
  const named = [...changes]
    .filter(({ at }) => {
      const beforeMs = began.getTime() - at.getTime();
      return beforeMs >= -SAME_SECOND_MS && beforeMs <= RECENT_MS;
    })
    .sort(
      (a, b) => b.at.getTime() - a.at.getTime() || (a.says < b.says ? -1 : 1),
    )
    .slice(0, MOST_NAMED)
    .map(({ at, says }) => `${says} (${describeBefore(began, at)})`);
  return named.length > 0 ? named.join('; ') : undefined;
}

function describeBefore(began: Date, at: Date): string {
  const beforeMs = began.getTime() - at.getTime();
  return beforeMs < 1_000
    ? 'at that moment'
    : `${describeSpan(beforeMs)} earlier`;
}

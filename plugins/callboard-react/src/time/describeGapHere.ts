import type { RecordGap } from '@callboard/plugin-callboard-common';
import {
  type UptimeGap,
  type WriteGap,
  describeGap,
  describePastInGap,
} from '@callboard/plugin-callboard-core';
import { formatMinute } from './formatMinute';

/** The day is not written twice. */
const writeHere: WriteGap = ({ from, to }) => {
  const minute = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
  return {
    from: formatMinute(from),
    to:
      from.toDateString() === to.toDateString()
        ? minute.format(to)
        : formatMinute(to),
  };
};

/** That nothing was recorded, in the reader's own zone, without full stop. */
export function describeGapHere(gap: RecordGap): string {
  return describeGap(toGap(gap), writeHere);
}

/** What a page of an instant in such a time shows. */
export function describePastInGapHere(gap: RecordGap): string {
  return describePastInGap(toGap(gap), writeHere);
}

function toGap({ from, to, cause }: RecordGap): UptimeGap {
  return { from: new Date(from), to: new Date(to), cause };
}

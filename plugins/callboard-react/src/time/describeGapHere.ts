import type { RecordGap } from '@callboard/plugin-callboard-common';
import {
  type UptimeGap,
  type WriteGap,
  describeGap,
  describePastInGap,
} from '@callboard/plugin-callboard-core';
import { formatMinute } from './formatMinute';

/** The day is not repeated. */
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

/** Sentence about a gap in the recorded history, in the reader's own zone, without full stop. */
export function describeGapHere(gap: RecordGap): string {
  return describeGap(toGap(gap), writeHere);
}

/** Sentence about the contents of a page of an instant in such a gap. */
export function describePastInGapHere(gap: RecordGap): string {
  return describePastInGap(toGap(gap), writeHere);
}

function toGap({ from, to, cause }: RecordGap): UptimeGap {
  return { from: new Date(from), to: new Date(to), cause };
}

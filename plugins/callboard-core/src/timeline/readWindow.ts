import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { parseInstant } from '../time';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;
const MOST_DAYS = 400;

/** The window of time of a timeline. */
export interface TimelineWindow {
  from: Date;
  to: Date;
  /** It begins with the history, because no earlier begin was requested. */
  beginsWithHistory: boolean;
}

/**
 * Reads the requested window of a timeline: `from` until `to`, at most until
 * `until`. Without `from` it is the seven days before, or all of the history
 * where that is shorter.
 */
export function readWindow(
  { from, to }: { from?: string; to?: string },
  { until, since }: { until: Date; since?: Date },
): Result<TimelineWindow> {
  const asked = to === undefined ? until : parseInstant(to);
  if (!asked) return failed(windowInvalid('"to" is not an instant'));
  const end = asked > until ? until : asked;
  const usual = new Date(end.getTime() - DEFAULT_DAYS * DAY_MS);
  const beginsWithHistory =
    from === undefined && since !== undefined && since > usual && since < end;
  const unasked = beginsWithHistory ? since : usual;
  const begin = from === undefined ? unasked : parseInstant(from);
  if (!begin) return failed(windowInvalid('"from" is not an instant'));
  if (begin >= end)
    return failed(
      windowInvalid(
        `"from" is ${begin.toISOString()}, and the window ends at ${end.toISOString()}`,
      ),
    );
  if (end.getTime() - begin.getTime() > MOST_DAYS * DAY_MS)
    return failed(windowInvalid(`it is longer than ${MOST_DAYS} days`));
  return ok({ from: begin, to: end, beginsWithHistory });
}

function windowInvalid(why: string): Problem {
  return {
    code: 'request-invalid',
    what: 'Cannot draw the timeline',
    why,
    next: `Ask for at most ${MOST_DAYS} days, with "from" before "to", like 2026-11-20T10:00:00Z`,
    transient: false,
  };
}

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

/**
 * Reads the window that a timeline is asked for: `from` until `to`, at most
 * until `until`; the last seven days where they are omitted.
 */
export function readWindow(
  { from, to }: { from?: string; to?: string },
  until: Date,
): Result<{ from: Date; to: Date }> {
  const asked = to === undefined ? until : parseInstant(to);
  if (!asked) return failed(windowInvalid('"to" is not an instant'));
  const end = asked > until ? until : asked;
  const begin =
    from === undefined
      ? new Date(end.getTime() - DEFAULT_DAYS * DAY_MS)
      : parseInstant(from);
  if (!begin) return failed(windowInvalid('"from" is not an instant'));
  if (begin >= end)
    return failed(
      windowInvalid(
        `"from" is ${begin.toISOString()}, and the window ends at ${end.toISOString()}`,
      ),
    );
  if (end.getTime() - begin.getTime() > MOST_DAYS * DAY_MS)
    return failed(windowInvalid(`it is longer than ${MOST_DAYS} days`));
  return ok({ from: begin, to: end });
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

import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { parseInstant } from './parseInstant';

const LONGEST_QUOTE = 60; // of the requested text in a problem; it may be of any length

/** Bounds of the instants that can be shown. */
export interface InstantBounds {
  now: Date;
  /** Start of the history; unbounded when omitted. */
  since?: Date;
}

/**
 * Parses the instant of an `?at=` and refuses those that cannot be shown:
 * invalid text, an instant in the future, and one before the history began.
 */
export function checkInstant(
  text: string,
  bounds: InstantBounds,
): Result<Date> {
  const at = parseInstant(text);
  if (!at) return failed(instantUnreadable(text));
  if (at > bounds.now) return failed(instantInFuture(at, bounds.now));
  if (bounds.since && at < bounds.since)
    return failed(instantBeforeHistory(at, bounds.since));
  return ok(at);
}

function instantUnreadable(text: string): Problem {
  const quoted =
    text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return {
    code: 'instant-unreadable',
    what: 'Cannot show an earlier state',
    why: `"${quoted}" is not an instant`,
    next: 'Write it with date, time and zone, like 2026-11-20T10:00:00Z',
    transient: false,
  };
}

function instantInFuture(at: Date, now: Date): Problem {
  return {
    code: 'instant-in-future',
    what: `Cannot show ${at.toISOString()}`,
    why: `it is in the future; now it is ${now.toISOString()}`,
    next: 'Ask for an instant that is over, or leave "at" out',
    transient: false,
  };
}

function instantBeforeHistory(at: Date, since: Date): Problem {
  return {
    code: 'instant-before-history',
    what: `Cannot show ${at.toISOString()}`,
    why: `history is kept since ${since.toISOString()}`,
    next: `Ask for ${since.toISOString()} or later`,
    transient: false,
  };
}

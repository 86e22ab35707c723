import type { LogLevel } from '../api';
import { LOG_LEVELS } from './LogLevel';
import { readLogText } from './readLogText';

/** Which lines are wanted; all that is said must hold. */
export interface LogSelection {
  /** Part of the line, capitals or not. */
  grep?: string;
  /** As grave as this or graver. A line that does not say counts as `info`, one that continues another as that one. */
  level?: LogLevel;
  /** From this instant on, RFC 3339. */
  since?: string;
  /** Up to this instant, RFC 3339. */
  until?: string;
}

/** What a line says, and when. */
export interface DatedLine {
  at: string;
  text: string;
}

/** Lines of one container that are wanted, in their order. Pure. */
export function selectLogLines<T extends DatedLine>(
  lines: readonly T[],
  selection: LogSelection,
): T[] {
  return lines.filter(createLogSelector(selection));
}

/** Says of each line of one container, in their order, whether it is wanted. */
export function createLogSelector({
  grep,
  level,
  since,
  until,
}: LogSelection): (line: DatedLine) => boolean {
  const part = grep?.toLocaleLowerCase('en');
  const from = since === undefined ? -Infinity : Date.parse(since);
  const to = until === undefined ? Infinity : Date.parse(until);
  const lowest = level === undefined ? 0 : LOG_LEVELS.indexOf(level);
  let before: LogLevel = 'info';
  return ({ at, text }) => {
    if (lowest > 0) before = levelAfter(before, text);
    const instant = Date.parse(at);
    return (
      instant >= from &&
      instant <= to &&
      (lowest === 0 || LOG_LEVELS.indexOf(before) >= lowest) &&
      (part === undefined || text.toLocaleLowerCase('en').includes(part))
    );
  };
}

/** The stack of an error is as grave as the error, though its lines do not say so. */
function levelAfter(before: LogLevel, text: string): LogLevel {
  const continues = /^\s|^Caused by:|^\}/.test(text);
  return continues ? before : readLogText(text).level ?? 'info';
}

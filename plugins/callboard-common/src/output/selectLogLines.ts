import type { LogLevel } from '../api';
import { LOG_LEVELS } from './LogLevel';
import { readLogText } from './readLogText';

/** Filter of lines; all given conditions must hold. */
export interface LogSelection {
  /** Part of the line, case-insensitive. */
  grep?: string;
  /**
   * This level or a more severe one. A line without a level counts as `info`, a
   * continuation has the level of the line before.
   */
  level?: LogLevel;
  /** From this instant on, RFC 3339. */
  since?: string;
  /** Up to this instant, RFC 3339. */
  until?: string;
}

/** A line with its time. */
export interface DatedLine {
  at: string;
  text: string;
}

/** Returns the selected lines of one container, in their order. Pure. */
export function selectLogLines<T extends DatedLine>(
  lines: readonly T[],
  selection: LogSelection,
): T[] {
  return lines.filter(createLogSelector(selection));
}

/** Returns a filter for the lines of one container, which must be passed in their order. */
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

/** Lines of a stack trace have the level of the error, though they name none. */
function levelAfter(before: LogLevel, text: string): LogLevel {
  const continues = /^\s|^Caused by:|^\}/.test(text);
  return continues ? before : readLogText(text).level ?? 'info';
}

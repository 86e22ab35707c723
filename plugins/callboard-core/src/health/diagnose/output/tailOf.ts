import { maskLines } from '../maskSecrets';
import { foldStackFrames } from './stackFrames';

const MOST_LINES = 20;
const LONGEST_LINE = 500;
const MOST_TEXT = 64 * 1024; // characters, counted from the end

/* eslint-disable no-control-regex -- control characters are what it looks for */
/** Escape codes for terminal colours, and other control characters. */
const CONTROL =
  /\u001b\[[0-9;?]{0,20}[ -/]?[@-~]|[\u0000-\u0008\u000b-\u001f\u007f]/g;
/* eslint-enable no-control-regex */

/** Message of the cluster in place of an output that it has deleted. */
const OUTPUT_IS_GONE =
  /^(?:\S{1,300}: )?unable to retrieve container logs for /;

/**
 * Returns the lines of an output, oldest first, each at most 500 characters,
 * masked, without colours and empty lines at the ends.
 */
export function readLines(output: string | undefined): string[] {
  if (!output) return [];
  const lines = output
    .slice(-MOST_TEXT)
    .split(/\r?\n/)
    .map(line => line.replace(CONTROL, '').trimEnd())
    .filter(line => !OUTPUT_IS_GONE.test(line));
  while (lines.length > 0 && lines[lines.length - 1] === '') lines.pop();
  // mask before cutting: a key that begins above the tail must stay hidden
  return maskLines(lines).map(cutLine);
}

/** Returns the last lines of an output, at most 20, the frames of a stack in one line. */
export function tailOf(lines: readonly string[]): string[] {
  return foldStackFrames(lines).slice(-MOST_LINES);
}

function cutLine(line: string): string {
  return line.length <= LONGEST_LINE
    ? line
    : `${line.slice(0, LONGEST_LINE - 1)}…`;
}

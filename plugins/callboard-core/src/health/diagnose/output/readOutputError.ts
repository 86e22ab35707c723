import { findErrorLine } from './findErrorLine';
import { type ErrorSubject, readSubject } from './readSubject';
import { describeFolded, isOwnFrame, isStackFrame } from './stackFrames';

const MOST_LINES = 400; // lines, counted from the end
const MOST_FRAMES = 60; // frames of a stack, above or below its error
const ENVIRONMENT = /environ|getenv|ENV\b|process\.env/;

/** An error found in an output. */
export interface OutputError {
  /** The error first, then its place in the code; frames of platforms and libraries in one line. */
  excerpt: string[];
  /** Subject of the error, where the text names it. */
  subject?: ErrorSubject;
}

/**
 * Reads the error of a program from its output: of Node.js, Python, Go, Java,
 * .NET, Ruby and Rust, or in the program's own words.
 *
 * @param lines - oldest first, masked and cut
 */
export function readOutputError(
  lines: readonly string[],
  options: { hasEnded: boolean },
): OutputError | undefined {
  const last = lines.slice(-MOST_LINES);
  const error = findErrorLine(last, options);
  if (!error) return undefined;
  const { index, text } = error;
  const frames = framesAround(last, index);
  const subject =
    readSubject(text) ?? readMissingKey(text, last.slice(0, index));
  return {
    excerpt: [text, ...shownFrames(frames)],
    ...(subject && { subject }),
  };
}

/** Returns the frames of the stack of an error: below it, or above it as Python prints them. */
function framesAround(lines: readonly string[], index: number): string[] {
  const collect = (step: 1 | -1, skip: number) => {
    const found: string[] = [];
    let missed = 0;
    for (
      let at = index + step;
      at >= 0 && at < lines.length && found.length < MOST_FRAMES;
      at += step
    ) {
      if (isStackFrame(lines, at)) found.push(lines[at]);
      else if (found.length > 0 || ++missed > skip) break;
    }
    return found;
  };
  const below = collect(1, 4); // further lines of an error come before its frames
  if (below.length > 0) return below;
  return collect(-1, 0);
}

/** Returns the first frame in the pushed code, and the number of other frames. */
function shownFrames(frames: readonly string[]): string[] {
  if (frames.length === 0) return [];
  const own = frames.find(
    frame => isOwnFrame(frame) && /:\d+|line \d+/.test(frame),
  );
  const hidden = frames.length - (own ? 1 : 0);
  return [
    ...(own ? [own] : []),
    ...(hidden > 0 ? [describeFolded(hidden)] : []),
  ];
}

/** `KeyError: 'PORT'` is about a variable where the line of code reads the environment. */
function readMissingKey(
  text: string,
  above: readonly string[],
): ErrorSubject | undefined {
  const name =
    /^(?:KeyError: |key not found: ):?["']([A-Z][A-Z0-9_]{1,80})["']/.exec(
      text,
    )?.[1];
  return name !== undefined &&
    above.slice(-12).some(line => ENVIRONMENT.test(line))
    ? { kind: 'variable', name }
    : undefined;
}

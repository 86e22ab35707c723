import { findErrorLine } from './findErrorLine';
import { type ErrorSubject, readSubject } from './readSubject';
import { describeFolded, isOwnFrame, isStackFrame } from './stackFrames';

const MOST_LINES = 400; // looked at, from the end
const MOST_FRAMES = 60; // of a stack, above or below its error
const ENVIRONMENT = /environ|getenv|ENV\b|process\.env/;

/** The error in an output. */
export interface OutputError {
  /** The error first, then where in the code it arose; frames of platforms and libraries in one line. */
  excerpt: string[];
  /** What it is about, where it says so. */
  subject?: ErrorSubject;
}

/**
 * The error of a program, read from its output: of Node.js, Python, Go, Java,
 * .NET, Ruby and Rust, or in the words of the program itself.
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

/** The frames of the stack that belongs to an error: below it, or above it as Python prints them. */
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
  const below = collect(1, 4); // what an error says beyond its first line comes before its frames
  if (below.length > 0) return below;
  return collect(-1, 0);
}

/** The first frame in the code that was pushed, and how many there are beside it. */
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

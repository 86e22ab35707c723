import { isStackFrame } from './stackFrames';
import { readSubject } from './readSubject';

/** Position and text of the error that ended the program. */
export interface ErrorLine {
  index: number;
  /** The error in one line, as the program wrote it. */
  text: string;
}

type Matcher = (lines: readonly string[], index: number) => string | undefined;

/** Error names as languages print them at the start of a line: `TypeError: …`, `java.lang.X: …`. */
const ERROR_NAME = '(?:[A-Za-z_][\\w$]*[.:]{1,2}){0,12}[A-Z][\\w$]{0,80}';

/** Formats in which runtimes print an uncaught error. */
const RUNTIMES: readonly Matcher[] = [
  // Node.js: `Error: …`, `TypeError [ERR_X]: …`, and the cause below it
  match(
    /^(?:Uncaught |\s+\[cause\]: )?((?:[A-Z]\w{0,60})?(?:Error|Exception)(?: \[\w{1,80}\])?: \S.*)/,
  ),
  // Java, Kotlin, Scala
  match(new RegExp(`^\\s*Caused by: (${ERROR_NAME}(?:: .*)?)$`)),
  match(
    new RegExp(`^Exception in thread "[^"]{0,100}" (${ERROR_NAME}(?:: .*)?)$`),
  ),
  // Spring Boot
  (lines, index) =>
    lines[index] === 'Description:'
      ? lines.slice(index + 1, index + 4).find(line => line.trim() !== '')
      : undefined,
  // .NET
  match(new RegExp(`^\\s*---> (${ERROR_NAME}(?: \\(\\w+\\))?: .*)$`)),
  match(
    new RegExp(`^Unhandled exception\\. (${ERROR_NAME}(?: \\(\\w+\\))?: .*)$`),
  ),
  // Go
  match(/^((?:panic|fatal error): .*)/),
  // Rust: since 1.73 the message is on the next line
  (lines, index) => {
    const head = /^thread '[^']{0,100}'(?: \(\d+\))? panicked at (.*)$/.exec(
      lines[index],
    );
    if (!head) return undefined;
    const [, place] = head;
    const message = place.endsWith(':') ? lines[index + 1] ?? '' : '';
    return `panicked at ${place}${message && ` ${message.trim()}`}`;
  },
  // Ruby
  match(/^\S{1,300}:\d+:in [^:]{1,300}: (.{1,400} \([A-Z][\w:]{1,100}\))$/),
  // Python: the line below the stack frames
  (lines, index) =>
    /^[\w.]{1,200}(?::\s.*)?$/.test(lines[index]) &&
    /^[\w.]{0,200}(?:Error|Exception|Exit|Interrupt|Warning|Failure)(?::|$)/.test(
      lines[index],
    ) &&
    (isStackFrame(lines, index - 1) || /^\s/.test(lines[index - 1] ?? ''))
      ? lines[index]
      : undefined,
];

/** A line that names what is missing or blocked. */
const NAMED: Matcher = (lines, index) =>
  readSubject(lines[index]) ? lines[index] : undefined;

/** A line in which a program reports that it gives up. */
const LAST_WORDS: readonly Matcher[] = [
  match(
    /^(.{0,60}\b(?:fatal|FATAL|Fatal|panic|PANIC|CRITICAL|critical)\b.{1,400})$/,
  ),
  match(/^(.{0,60}\b(?:error|ERROR|Error|ERR)\b[\]:"]{0,3}\s.{1,400})$/),
];

/**
 * Finds the error of a program: the last one that its runtime printed, else the
 * last one that the program itself reported. Undefined where the output names
 * none.
 *
 * @param hasEnded - only then any line that mentions an error counts: running
 *   programs log many
 */
export function findErrorLine(
  lines: readonly string[],
  { hasEnded }: { hasEnded: boolean },
): ErrorLine | undefined {
  const inTurn = [
    RUNTIMES,
    [NAMED],
    ...(hasEnded ? LAST_WORDS.map(one => [one]) : []),
  ];
  for (const matchers of inTurn) {
    const found = findLast(lines, matchers);
    if (found) return found;
  }
  return undefined;
}

function findLast(
  lines: readonly string[],
  matchers: readonly Matcher[],
): ErrorLine | undefined {
  for (let index = lines.length - 1; index >= 0; index--) {
    for (const matcher of matchers) {
      const text = matcher(lines, index)?.trim();
      if (text) return { index, text };
    }
  }
  return undefined;
}

function match(pattern: RegExp): Matcher {
  return (lines, index) => pattern.exec(lines[index])?.[1];
}

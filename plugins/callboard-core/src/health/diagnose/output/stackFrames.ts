/*
 * Lines that name a place in a program, in the formats of Node.js, Java and
 * .NET (`at …`), Python (`File "…", line 3`), Ruby (`from …:3:in`), Rust (`0:
 * …`) and Go (a call, then a tab and a file).
 */
const FRAME_SHAPES: readonly RegExp[] = [
  /^\s+at \S/,
  /^\s+File "[^"]{1,300}", line \d+/,
  /^\s*from \S{1,300}:\d+:in /,
  /^\s*\d{1,3}: +(?:0x[0-9a-f]{1,16} - )?[\w<{]/,
  /^\t\S{1,300}\.(?:go|s):\d+/,
  /^created by \S/,
  /^goroutine \d+ \[/,
  /^\s*\.\.\. \d+ (?:more|common frames)/,
  /^\s+--- End of (?:inner exception )?stack trace/,
];

const PYTHON_FRAME = /^\s+File "[^"]{1,300}", line \d+/;
const GO_PLACE = /^\t\S{1,300}\.(?:go|s):\d+/;
const GO_CALL = /^[\w./*()[\]·{}-]{1,300}\(.{0,300}\)$/;

/** Code of a platform or library, which the developer cannot change. */
const FOREIGN =
  /node:|node_modules|site-packages|\/usr\/|\/gems\/|<internal:|<frozen|\brustc\b|\b(?:std|core|tokio)::|\b(?:java|javax|jdk|sun|System|Microsoft)\.|org\.springframework|^\s*\.\.\.|^\s+---|^goroutine|^created by|\bruntime[./]/;

/** Returns whether a line belongs to a stack trace. For some formats the lines around it decide. */
export function isStackFrame(lines: readonly string[], index: number): boolean {
  const line = lines[index];
  if (FRAME_SHAPES.some(shape => shape.test(line))) return true;
  const before = lines[index - 1] ?? '';
  const next = lines[index + 1] ?? '';
  if (GO_PLACE.test(next) && GO_CALL.test(line)) return true;
  // Python prints the line of code below its frame, and marks below that
  return (
    /^ {4,}\S/.test(line) &&
    (PYTHON_FRAME.test(before) ||
      (/^[\s^~]+$/.test(line) && PYTHON_FRAME.test(lines[index - 2] ?? '')))
  );
}

/** Returns whether a stack frame lies in the pushed code. */
export function isOwnFrame(line: string): boolean {
  return !FOREIGN.test(line);
}

/** Replaces each run of stack frames, except its first frame, by one line: `… 9 stack frames`. */
export function foldStackFrames(lines: readonly string[]): string[] {
  const folded: string[] = [];
  let hidden = 0;
  const flush = () => {
    if (hidden > 0) folded.push(describeFolded(hidden));
    hidden = 0;
  };
  lines.forEach((line, index) => {
    const continues = index > 0 && isStackFrame(lines, index - 1);
    if (isStackFrame(lines, index) && continues) {
      hidden += 1;
      return;
    }
    flush();
    folded.push(line);
  });
  flush();
  return folded;
}

export function describeFolded(count: number): string {
  return `    … ${count} more ${count === 1 ? 'stack frame' : 'stack frames'}`;
}

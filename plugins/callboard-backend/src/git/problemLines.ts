import type { Problem } from '@callboard/plugin-callboard-common';

const COLUMNS = 72; // 80 without git's own "remote: "

/** Formats a problem as lines for a terminal: what and where, why, what to do next. */
export function problemLines(problem: Problem): string[] {
  const { what, why, next } = problem;
  return [
    what,
    ...placeOf(problem),
    `  why: ${why}`,
    `  next: ${next}`,
  ].flatMap(line => wrapLine(plainLine(line)));
}

/** The position in a file, unless the first line already names the file. */
function placeOf({ what, at }: Problem): string[] {
  if (!at || what.includes(at.file)) return [];
  return [
    `  at: ${[at.file, at.line && `line ${at.line}`, at.path]
      .filter(Boolean)
      .join(', ')}`,
  ];
}

/** Returns one line without control characters. */
export function plainLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trimEnd();
}

/** Breaks a line between words to fit a terminal; continuation lines are indented. */
function wrapLine(line: string): string[] {
  const indent = `${/^ */.exec(line)?.[0] ?? ''}  `;
  const lines: string[] = [];
  let rest = line;
  while (rest.length > COLUMNS) {
    const space = rest.lastIndexOf(' ', COLUMNS);
    if (space <= indent.length) break; // one long word, a URL: breaking it would make it unusable
    lines.push(rest.slice(0, space));
    rest = indent + rest.slice(space + 1);
  }
  return [...lines, rest];
}

const QUOTED_VALUE = /^(\s*)(?:- +)*(?:[^\s'"#][^'"]*:[ \t]+)?(['"])/;
const MORE = 4; // deeper than a key behind one dash

/**
 * Indents the continuation lines of the quoted text at `offset` below its key.
 * Go's parser accepts such lines at the indent of the key, and reformatted
 * files of clusters have them; YAML 1.2 requires a deeper indent. Leading
 * blanks of such a line have no meaning, so the text stays the same.
 *
 * @param offset - anywhere in the first line of the text
 * @returns undefined when no quoted text over several lines begins there
 */
export function indentQuotedText(
  text: string,
  offset: number,
): string | undefined {
  const lineStart = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const lineEnd = text.indexOf('\n', lineStart);
  if (lineEnd === -1) return undefined;
  const match = QUOTED_VALUE.exec(text.slice(lineStart, lineEnd));
  if (!match) return undefined;
  const end = findClosingQuote(text, lineStart + match[0].length, match[2]);
  if (end === undefined || end <= lineEnd) return undefined;
  const indent = ' '.repeat(match[1].length + MORE);
  const inside = text.slice(lineEnd, end).replace(/\n/g, `\n${indent}`);
  return text.slice(0, lineEnd) + inside + text.slice(end);
}

function findClosingQuote(
  text: string,
  start: number,
  quote: string,
): number | undefined {
  for (let at = start; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== "'") return at;
      at += 1; // doubled to escape it
    }
  }
  return undefined;
}

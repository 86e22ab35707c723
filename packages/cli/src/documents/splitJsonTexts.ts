const SPACE = /\s/;

/**
 * Splits concatenated texts of JSON objects and lists, one per line or one
 * after the other; undefined when anything else is between them. Whether each
 * is valid JSON is left to its parser.
 */
export function splitJsonTexts(text: string): string[] | undefined {
  const texts: string[] = [];
  let start = -1;
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isQuoted) {
      if (character === '\\') at += 1;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') {
      if (depth === 0) return undefined;
      isQuoted = true;
    } else if (character === '{' || character === '[') {
      if (depth === 0) start = at;
      depth += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth < 0) return undefined;
      if (depth === 0) texts.push(text.slice(start, at + 1));
    } else if (depth === 0 && !SPACE.test(character)) {
      return undefined;
    }
  }
  return depth === 0 ? texts : undefined;
}

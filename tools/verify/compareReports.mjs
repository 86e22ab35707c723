/**
 * What one report says and the other does not, whatever the order: `- line` of
 * the old one, `+ line` of the new one. Members of unions and keys of `Pick` and
 * `Omit` may stand in any order too.
 */
export function differingLines(before, after) {
  const counts = new Map();
  const count = (text, by) => {
    for (const line of text.split('\n')) {
      const key = normalize(line);
      const known = counts.get(key) ?? { line, by: 0 };
      counts.set(key, { line: known.line, by: known.by + by });
    }
  };
  count(after, 1);
  count(before, -1);
  return [...counts.values()]
    .filter(({ by }) => by !== 0)
    .map(({ line, by }) => `${by > 0 ? '+' : '-'} ${line.trim()}`);
}

/** `a | b;` and `b | a;` are the same. */
function normalize(line) {
  return line
    .replace(/^(\s*)import type /, '$1import ')
    .split(/[\s|;,<>(){}]+/)
    .filter(Boolean)
    .sort()
    .join(' ');
}

/**
 * Returns a parser that keeps its results by text; a result must not be
 * changed. Rows are read again and again, and few of them differ.
 *
 * Keeps the most recently used results, in two halves of `mostCharacters` at
 * most: a result that is used again moves to the newer half, and the older half
 * is dropped as a whole.
 */
export function memoizeText<T>(
  read: (text: string) => T,
  mostCharacters: number,
): (text: string) => T {
  let newer = new Map<string, T>();
  let older = new Map<string, T>();
  let characters = 0;
  return text => {
    const kept = newer.get(text);
    if (kept !== undefined) return kept;
    const value = older.get(text) ?? read(text);
    if (text.length > mostCharacters) return value;
    characters += text.length;
    if (characters > mostCharacters) {
      older = newer;
      newer = new Map();
      characters = text.length;
    }
    newer.set(text, value);
    return value;
  };
}

/**
 * A reader of texts that gives what it gave for the same text before, which is
 * not to be changed: the rows of a record are read again and again, and few of
 * them differ.
 *
 * Keeps what was asked for last, in two halves of `mostCharacters` at most: what
 * is asked for again moves to the newer one, and the older one goes as a whole.
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

/** Returns a value as a word to compare; lists and maps, which equal no word, as JSON. Never throws. */
export function wordOf(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? JSON.stringify(value)
    : String(value);
}

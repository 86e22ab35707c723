/** A value as a word to compare; lists and maps, which none is, as JSON. Never throws, whatever they hold. */
export function wordOf(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? JSON.stringify(value)
    : String(value);
}

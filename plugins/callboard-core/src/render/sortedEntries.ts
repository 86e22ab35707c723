/** Returns entries in the order of their keys' code units: rendering does not depend on the order in a file. */
export function sortedEntries<T>(
  record: Record<string, T> | undefined,
): Array<[string, T]> {
  return Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

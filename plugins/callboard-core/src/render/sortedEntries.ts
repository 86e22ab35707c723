/** Entries in the order of their keys' code units: what is rendered does not depend on how a file was written. */
export function sortedEntries<T>(
  record: Record<string, T> | undefined,
): Array<[string, T]> {
  return Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * Writes JSON with sorted keys and without spaces: equal values give equal
 * text, which can be hashed. Fields that are undefined are left out, as in
 * JSON.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(value)) ?? 'null';
}

/** Returns a deep copy whose keys are in the order of their code units, without fields that are undefined. */
export function sortKeys<T>(value: T): T {
  return sorted(value) as T;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (
    typeof value !== 'object' ||
    value === null ||
    typeof (value as { toJSON?: unknown }).toJSON === 'function'
  ) {
    return value;
  }
  const fields: Array<[string, unknown]> = [];
  for (const key of Object.keys(value).sort()) {
    const field = (value as Record<string, unknown>)[key];
    if (field !== undefined) fields.push([key, sorted(field)]);
  }
  return Object.fromEntries(fields);
}

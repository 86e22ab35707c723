/*
 * Reading of documents that users supply. A value of another type than expected
 * counts as absent, as in a lenient YAML reader.
 */

export type Fields = Record<string, unknown>;

/** The object, or an empty one. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date)
  );
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function textsOf(value: unknown): string[] {
  return listOf(value).filter(
    (item): item is string => typeof item === 'string',
  );
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}

/** A number or a text such as `25%`. */
export function numberOrTextOf(value: unknown): number | string | undefined {
  return numberOf(value) ?? textOf(value);
}

/** Returns texts by key; values of other types are left out. */
export function textMapOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** Returns the RFC 3339 text of a value that YAML may have parsed as a date. */
export function timeOf(value: unknown): string | undefined {
  if (value instanceof Date && !Number.isNaN(value.getTime()))
    return value.toISOString();
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}

/** Any JSON object. What comes from a cluster is read through the functions below, never trusted. */
export type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Fields = Object.freeze({});

/** Value at a path of field names; undefined as soon as one is missing or not an object. */
export function valueAt(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const name of path) {
    if (
      typeof current !== 'object' ||
      current === null ||
      !Object.hasOwn(current, name)
    ) {
      return undefined;
    }
    current = (current as Fields)[name];
  }
  return current;
}

/** Object at a path; an empty one where there is none. */
export function fieldsAt(value: unknown, ...path: string[]): Fields {
  const found = valueAt(value, ...path);
  return typeof found === 'object' && found !== null && !Array.isArray(found)
    ? (found as Fields)
    : NOTHING;
}

/** Objects of the list at a path; other members are dropped. */
export function listAt(value: unknown, ...path: string[]): Fields[] {
  const found = valueAt(value, ...path);
  if (!Array.isArray(found)) return [];
  return found.filter(member => typeof member === 'object' && member !== null);
}

/** Text at a path. Numbers and booleans are not text. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** Finite number at a path. */
export function numberAt(
  value: unknown,
  ...path: string[]
): number | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'number' && Number.isFinite(found)
    ? found
    : undefined;
}

/** Instant at a path of an RFC 3339 text. */
export function timeAt(value: unknown, ...path: string[]): Date | undefined {
  const text = textAt(value, ...path);
  if (text === undefined) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** Any JSON object. What comes from a cluster is read through the functions below, never trusted. */
export type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Fields = Object.freeze({});

/** Value at a path of field names; undefined as soon as one is missing or not an object. */
export function valueAt(value: unknown, ...path: string[]): unknown {
  return valueAtPath(value, path);
}

/** As {@link valueAt}, for a path that is there as a list: rules ask with the same one again and again. */
export function valueAtPath(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (let index = 0; index < path.length; index += 1) {
    const name = path[index];
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
  return listOf(valueAtPath(value, path));
}

/** Objects of what should be a list; the list itself where it holds nothing else. */
function listOf(found: unknown): Fields[] {
  if (!Array.isArray(found)) return [];
  return found.every(isObject) ? found : found.filter(isObject);
}

function isObject(member: unknown): member is Fields {
  return typeof member === 'object' && member !== null;
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

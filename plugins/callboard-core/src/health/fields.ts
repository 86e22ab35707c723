/** Any JSON object. Objects from a cluster are read through the functions below, because they are untrusted. */
export type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Fields = Object.freeze({});

/** Returns the value at a path of field names; undefined as soon as one is missing or not an object. */
export function valueAt(value: unknown, ...path: string[]): unknown {
  return valueAtPath(value, path);
}

/** Same as {@link valueAt}, with the path as a list: rules read the same path again and again. */
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

/** Returns the object at a path; an empty one where there is none. */
export function fieldsAt(value: unknown, ...path: string[]): Fields {
  const found = valueAt(value, ...path);
  return typeof found === 'object' && found !== null && !Array.isArray(found)
    ? (found as Fields)
    : NOTHING;
}

/** Returns the objects of the list at a path; other members are dropped. */
export function listAt(value: unknown, ...path: string[]): Fields[] {
  return listOf(valueAtPath(value, path));
}

/** Returns the objects of a list; the same list where it holds nothing else. */
function listOf(found: unknown): Fields[] {
  if (!Array.isArray(found)) return [];
  return found.every(isObject) ? found : found.filter(isObject);
}

function isObject(member: unknown): member is Fields {
  return typeof member === 'object' && member !== null;
}

/** Returns the text at a path. Numbers and booleans are not text. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** Returns the finite number at a path. */
export function numberAt(
  value: unknown,
  ...path: string[]
): number | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'number' && Number.isFinite(found)
    ? found
    : undefined;
}

/** Returns the instant at a path of an RFC 3339 text. */
export function timeAt(value: unknown, ...path: string[]): Date | undefined {
  const text = textAt(value, ...path);
  if (text === undefined) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** JSON values. `undefined` members are treated as absent everywhere. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | JsonValue[]
  | JsonObject;

export type JsonObject = { [field: string]: JsonValue | undefined };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A deep copy; absent members stay absent. */
export function cloneJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map(cloneJson) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) copy[key] = cloneJson(member);
  }
  return copy as T;
}

/** Deep equality; an absent member equals an `undefined` one. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => equalJson(item, b[i]))
    );
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every(key => equalJson(a[key], b[key]));
}

/** The value at a path of field names, or `undefined`. */
export function getPath(
  value: unknown,
  path: readonly string[],
): JsonValue | undefined {
  let at: unknown = value;
  for (const field of path) {
    if (!isJsonObject(at)) return undefined;
    at = at[field];
  }
  return at as JsonValue | undefined;
}

/** Returns the member as object, created when absent. Changes `parent`. */
export function ensureObject(parent: JsonObject, field: string): JsonObject {
  const member = parent[field];
  if (isJsonObject(member)) return member;
  const created: JsonObject = {};
  parent[field] = created;
  return created;
}

/** Serializes JSON with sorted keys: equal values give equal texts. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .filter(key => value[key] !== undefined)
    .sort()
    .map(key => `${JSON.stringify(key)}:${canonicalText(value[key])}`);
  return `{${members.join(',')}}`;
}

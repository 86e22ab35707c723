import { type JsonValue, type SimObject, getPath } from '../json';

/** One column of `kubectl get`. */
export interface Column {
  name: string;
  type: 'string' | 'integer';
  /** Columns above 0 are shown with `-o wide` only. */
  priority?: number;
  value(object: SimObject, now: Date): JsonValue;
}

export function column(
  name: string,
  value: (object: SimObject) => JsonValue,
  priority = 0,
): Column {
  return { name, type: 'string', priority, value };
}

export function text(
  name: string,
  path: readonly string[],
  priority = 0,
  fallback = '<none>',
): Column {
  return column(
    name,
    object => String(getPath(object, path) ?? fallback),
    priority,
  );
}

export function number(name: string, path: readonly string[]): Column {
  return {
    name,
    type: 'integer',
    value: object => Number(getPath(object, path) ?? 0),
  };
}

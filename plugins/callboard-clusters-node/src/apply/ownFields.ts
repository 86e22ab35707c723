import {
  FIELD_MANAGER,
  type KubeObject,
  isRecord,
} from '@callboard/plugin-callboard-common';

/** True when we own a field of an object, by its managedFields. */
export function ownsField(
  { metadata }: KubeObject,
  path: readonly string[],
): boolean {
  const { managedFields } = metadata as { managedFields?: unknown };
  if (!Array.isArray(managedFields)) return false;
  const keys = path.map(name => `f:${name}`);
  return managedFields
    .filter(isRecord)
    .some(
      ({ manager, fieldsV1 }) =>
        manager === FIELD_MANAGER && valueAt(fieldsV1, keys) !== undefined,
    );
}

export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inside, name) => (isRecord(inside) ? inside[name] : undefined),
    value,
  );
}

import type { JsonObject } from '../json';
import type { Schema } from '../schema';

/**
 * Returns an empty typed object of a kind, before any field is set.
 *
 * A created object is compared with it: values that the Go types always hold
 * (`spec`, `strategy`, a null `containers`) then do not count as added.
 */
export function skeletonOf(schema: Schema): JsonObject {
  if (schema.kind !== 'struct') return {};
  const skeleton: JsonObject = {};
  for (const field of schema.fields.values()) {
    const type = field.schema();
    if (type.kind === 'struct' && field.default !== undefined)
      skeleton[field.name] = skeletonOf(type);
    else if (
      type.kind !== 'scalar' &&
      type.kind !== 'untyped' &&
      field.isRequired
    )
      skeleton[field.name] = null;
  }
  return skeleton;
}

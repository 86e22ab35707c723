import type { JsonObject } from '../json';
import type { Schema } from '../schema';

/**
 * What an empty typed object of a kind looks like before anybody set a field.
 *
 * A created object is compared with it: values that the Go types always hold
 * (`spec`, `strategy`, a null `containers`) then are not counted as added.
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

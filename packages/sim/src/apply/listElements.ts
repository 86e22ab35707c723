import { isJsonObject, type JsonValue } from '../json';
import type { ListSchema } from '../schema';
import { keyStep } from './FieldSet';

/** Returns the steps to the elements of a list that is merged by key or by value, in order. */
export function elementSteps(
  schema: ListSchema,
  list: readonly JsonValue[],
): string[] {
  return list.map((element, index) => elementStep(schema, element, index));
}

function elementStep(
  schema: ListSchema,
  element: JsonValue,
  index: number,
): string {
  if (schema.relation === 'set') return `v:${JSON.stringify(element)}`;
  if (!isJsonObject(element)) return `i:${index}`;
  const keys: Record<string, unknown> = {};
  const type = schema.element();
  for (const key of schema.keys) {
    const fallback =
      type.kind === 'struct' ? type.fields.get(key)?.default : undefined;
    const value = element[key] ?? fallback;
    if (value !== undefined) keys[key] = value;
  }
  return keyStep(keys);
}

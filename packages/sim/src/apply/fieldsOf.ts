import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { Schema } from '../schema';
import { emptySet, type FieldSet } from './FieldSet';
import { elementSteps } from './listElements';

const LEAF: FieldSet = { isMember: true, children: new Map() };

/**
 * Returns the fields that an applied configuration sets.
 *
 * @remarks Source: structured-merge-diff v6 typed/tofieldset.go. Leaves, atomic
 *   values, list elements and free map keys are members; named fields only
 *   where they are null or empty.
 */
export function fieldsOf(
  value: JsonValue | undefined,
  schema: Schema,
): FieldSet {
  if (value === undefined) return emptySet();
  switch (schema.kind) {
    case 'scalar':
    case 'untyped':
      return LEAF;
    case 'list': {
      if (schema.relation === 'atomic') return LEAF;
      if (!Array.isArray(value)) return emptySet();
      const steps = elementSteps(schema, value);
      return {
        isMember: false,
        children: new Map(
          steps.map((step, i) => [
            step,
            asMember(fieldsOf(value[i], schema.element())),
          ]),
        ),
      };
    }
    case 'map':
    case 'struct':
      if (schema.atomic) return LEAF;
      return isJsonObject(value) ? fieldsOfMembers(value, schema) : emptySet();
    default:
      throw new Error('unknown schema');
  }
}

function fieldsOfMembers(
  value: JsonObject,
  schema: Extract<Schema, { kind: 'map' | 'struct' }>,
): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const field =
      schema.kind === 'struct' ? schema.fields.get(key)?.schema() : undefined;
    const set = fieldsOf(
      member,
      field ?? (schema.kind === 'map' ? schema.element() : { kind: 'untyped' }),
    );
    const isBare =
      member === null ||
      (isJsonObject(member) && Object.keys(member).length === 0);
    const child = isBare || field === undefined ? asMember(set) : set;
    if (child.isMember || child.children.size > 0)
      children.set(`f:${key}`, child);
  }
  return { isMember: false, children };
}

function asMember(set: FieldSet): FieldSet {
  return { isMember: true, children: set.children };
}

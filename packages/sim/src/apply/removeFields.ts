import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { Schema } from '../schema';
import { type FieldSet, isEmptySet } from './FieldSet';
import { elementSteps } from './listElements';

/**
 * Removes the fields of the set, and containers that become empty. Source:
 * structured-merge-diff v6 typed/remove.go.
 */
export function removeFields(
  value: JsonValue | undefined,
  set: FieldSet,
  schema: Schema,
): JsonValue | undefined {
  if (
    schema.kind === 'list' &&
    Array.isArray(value) &&
    schema.relation !== 'atomic'
  ) {
    const steps = elementSteps(schema, value);
    const kept = value.flatMap((element, i) =>
      keepElement(element, set.children.get(steps[i]), schema.element()),
    );
    return kept.length > 0 ? kept : undefined;
  }
  if (
    (schema.kind === 'map' || schema.kind === 'struct') &&
    isJsonObject(value) &&
    !schema.atomic
  ) {
    return removeMembers(value, set, schema);
  }
  return value;
}

function keepElement(
  element: JsonValue,
  set: FieldSet | undefined,
  schema: Schema,
): JsonValue[] {
  if (set === undefined) return [element];
  if (set.isMember) return [];
  const rest = removeFields(element, set, schema);
  return rest === undefined ? [] : [rest];
}

function removeMembers(
  value: JsonObject,
  set: FieldSet,
  schema: Extract<Schema, { kind: 'map' | 'struct' }>,
): JsonObject | undefined {
  const kept: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const child = set.children.get(`f:${key}`);
    if (child === undefined || isEmptySet(child)) kept[key] = member;
    else if (!child.isMember) {
      const type =
        schema.kind === 'map'
          ? schema.element()
          : schema.fields.get(key)?.schema();
      const rest = removeFields(member, child, type ?? { kind: 'untyped' });
      if (rest !== undefined) kept[key] = rest;
    }
  }
  return Object.keys(kept).length > 0 || Object.keys(value).length === 0
    ? kept
    : undefined;
}

/** Marks named fields that hold members as members themselves, so that they are removed with their last member. */
export function withNamedFields(set: FieldSet, schema: Schema): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [step, child] of set.children) {
    const inner = withNamedFields(child, stepSchema(step, schema));
    const isNamed =
      schema.kind === 'struct' &&
      step.startsWith('f:') &&
      schema.fields.has(step.slice(2));
    children.set(
      step,
      isNamed && !isEmptySet(child) ? { ...inner, isMember: true } : inner,
    );
  }
  return { isMember: set.isMember, children };
}

function stepSchema(step: string, schema: Schema): Schema {
  if (schema.kind === 'list' || schema.kind === 'map') return schema.element();
  if (schema.kind === 'struct')
    return schema.fields.get(step.slice(2))?.schema() ?? { kind: 'untyped' };
  return schema;
}

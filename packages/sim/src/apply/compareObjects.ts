import {
  equalJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../json';
import type { ListSchema, Schema } from '../schema';
import type { FieldSet } from './FieldSet';
import { elementSteps } from './listElements';

export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

type Change = 'added' | 'modified' | 'removed';

/**
 * Returns the paths that differ between two states of one object.
 *
 * An added or removed value counts with itself and everything in it; an atomic
 * one only with itself. `null` is a value, absence is not.
 *
 * @remarks Source: structured-merge-diff v6 typed/compare.go.
 */
export function compareObjects(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  schema: Schema,
): Comparison {
  const found: Draft = {
    added: draftSet(),
    modified: draftSet(),
    removed: draftSet(),
  };
  walk({ before, after, schema }, [], found);
  return found;
}

type Draft = Record<Change, DraftSet>;

interface DraftSet {
  isMember: boolean;
  children: Map<string, DraftSet>;
}

function draftSet(): DraftSet {
  return { isMember: false, children: new Map() };
}

/** Fills all three sets in one walk: most objects differ in a few places only. */
function walk(pair: Pair, path: string[], found: Draft): void {
  const { before, after, schema } = pair;
  if (before === undefined && after === undefined) return;
  if (isLeaf(before, after, schema)) {
    note(changeOfLeaf(before, after), path, found);
    return;
  }
  note(changeOfPresence(before, after), path, found);
  for (const [step, member] of pairsOf(before, after, schema)) {
    path.push(step);
    walk(member, path, found);
    path.pop();
  }
}

function note(
  change: Change | undefined,
  path: readonly string[],
  found: Draft,
): void {
  if (change === undefined) return;
  let at = found[change];
  for (const step of path) {
    let child = at.children.get(step);
    if (child === undefined) {
      child = draftSet();
      at.children.set(step, child);
    }
    at = child;
  }
  at.isMember = true;
}

/** Atomic values are leaves, and so are two empty ones: null and empty then differ. */
function isLeaf(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  schema: Schema,
): boolean {
  if (schema.kind === 'scalar' || schema.kind === 'untyped') return true;
  if (schema.kind === 'list' ? schema.relation === 'atomic' : schema.atomic)
    return true;
  return isBare(before) && isBare(after);
}

function isBare(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  return Array.isArray(value)
    ? value.length === 0
    : isJsonObject(value) && Object.keys(value).length === 0;
}

function changeOfLeaf(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Change | undefined {
  return (
    changeOfPresence(before, after) ??
    (equalJson(before, after) ? undefined : 'modified')
  );
}

function changeOfPresence(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Change | undefined {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : undefined;
}

interface Pair {
  before: JsonValue | undefined;
  after: JsonValue | undefined;
  schema: Schema;
}

function pairsOf(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  schema: Schema,
): Map<string, Pair> {
  if (schema.kind === 'list')
    return pairsOfList(asList(before), asList(after), schema);
  const pairs = new Map<string, Pair>();
  const [from, to] = [asObject(before), asObject(after)];
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    pairs.set(`f:${key}`, {
      before: from[key],
      after: to[key],
      schema: memberSchema(schema, key),
    });
  }
  return pairs;
}

function memberSchema(schema: Schema, key: string): Schema {
  if (schema.kind === 'map') return schema.element();
  const field = schema.kind === 'struct' ? schema.fields.get(key) : undefined;
  return field?.schema() ?? { kind: 'untyped' };
}

function pairsOfList(
  before: JsonValue[],
  after: JsonValue[],
  schema: ListSchema,
): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  elementSteps(schema, before).forEach((step, i) =>
    pairs.set(step, {
      before: before[i],
      after: undefined,
      schema: schema.element(),
    }),
  );
  elementSteps(schema, after).forEach((step, i) =>
    pairs.set(step, {
      before: pairs.get(step)?.before,
      after: after[i],
      schema: schema.element(),
    }),
  );
  for (const step of repeated(elementSteps(schema, after))) {
    // a duplicate key is ambiguous: its elements are owned as a whole
    pairs.set(step, {
      before: pairs.get(step)?.before,
      after: step,
      schema: { kind: 'untyped' },
    });
  }
  return pairs;
}

function repeated(steps: readonly string[]): string[] {
  return steps.filter((step, i) => steps.indexOf(step) !== i);
}

function asList(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

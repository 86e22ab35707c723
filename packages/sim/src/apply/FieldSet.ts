import type { JsonObject } from '../json';

/**
 * A set of paths in an object, as in `managedFields`.
 *
 * Steps are written as in FieldsV1: `f:name`, `k:{"name":"a"}`, `v:"x"`, `i:0`.
 * A node is in the set when `isMember`; its children are longer paths. All
 * operations are pure and read paths only.
 */
export interface FieldSet {
  isMember: boolean;
  children: ReadonlyMap<string, FieldSet>;
}

const EMPTY: FieldSet = { isMember: false, children: new Map() };

export function emptySet(): FieldSet {
  return EMPTY;
}

export function isEmptySet(set: FieldSet): boolean {
  return !set.isMember && [...set.children.values()].every(isEmptySet);
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (inA, inB) => inA || inB);
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (inA, inB) => inA && inB);
}

export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (inA, inB) => inA && !inB);
}

/** Returns the set without the path and everything below it. */
export function withoutPath(set: FieldSet, path: readonly string[]): FieldSet {
  const [step, ...rest] = path;
  const child = set.children.get(step);
  if (child === undefined) return set;
  const children = new Map(set.children);
  if (rest.length === 0) children.delete(step);
  else children.set(step, withoutPath(child, rest));
  return { isMember: set.isMember, children };
}

/** Returns every path of the set, in order of its steps. */
export function pathsOf(
  set: FieldSet,
  prefix: readonly string[] = [],
): string[][] {
  const own = set.isMember ? [[...prefix]] : [];
  const steps = [...set.children.keys()].sort();
  return [
    ...own,
    ...steps.flatMap(step =>
      pathsOf(set.children.get(step) ?? EMPTY, [...prefix, step]),
    ),
  ];
}

/** Parses FieldsV1. */
export function parseFields(fields: JsonObject): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [step, child] of Object.entries(fields)) {
    if (step !== '.')
      children.set(
        normaliseStep(step),
        parseChild((child ?? {}) as JsonObject),
      );
  }
  return { isMember: '.' in fields, children };
}

/** Returns the set as FieldsV1, with sorted steps. */
export function serializeFields(set: FieldSet): JsonObject {
  const fields: JsonObject = {};
  if (set.isMember) fields['.'] = {};
  for (const step of [...set.children.keys()].sort()) {
    const child = set.children.get(step) as FieldSet;
    if (isEmptySet(child)) continue;
    const isLeaf = [...child.children.values()].every(isEmptySet);
    fields[step] = isLeaf ? {} : serializeFields(child);
  }
  return fields;
}

function combine(
  a: FieldSet,
  b: FieldSet,
  keep: (inA: boolean, inB: boolean) => boolean,
): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const step of new Set([...a.children.keys(), ...b.children.keys()])) {
    const child = combine(
      a.children.get(step) ?? EMPTY,
      b.children.get(step) ?? EMPTY,
      keep,
    );
    if (child.isMember || child.children.size > 0) children.set(step, child);
  }
  return { isMember: keep(a.isMember, b.isMember), children };
}

function parseChild(fields: JsonObject): FieldSet {
  const set = parseFields(fields);
  return set.children.size === 0
    ? { isMember: true, children: set.children }
    : set;
}

/** Sorts the keys inside `k:`, which may come in any order. */
function normaliseStep(step: string): string {
  if (!step.startsWith('k:')) return step;
  const keys = JSON.parse(step.slice(2)) as Record<string, unknown>;
  return keyStep(keys);
}

/** Returns the step to the list element with these keys. */
export function keyStep(keys: Record<string, unknown>): string {
  const sorted = Object.fromEntries(
    Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return `k:${JSON.stringify(sorted)}`;
}

import { badRequest } from '../errors';
import {
  cloneJson,
  equalJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../json';
import type { Field, Schema } from '../schema';

const ORDER = '$setElementOrder/';
const DELETE_VALUES = '$deleteFromPrimitiveList/';

/**
 * Strategic merge: lists with a merge key are merged element by element.
 *
 * Elements that only the patch has come first, as on a server.
 * @remarks Source: apimachinery pkg/util/strategicpatch/patch.go.
 */
export function applyStrategicPatch(
  object: JsonObject,
  patch: JsonObject,
  schema: Schema,
): JsonObject {
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  if (patch.$patch === 'delete') return {};
  const merged: JsonObject = retainKeys({ ...object }, patch);
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE_VALUES))
      removeValues(merged, key.slice(DELETE_VALUES.length), value);
    if (key.startsWith('$')) continue;
    if (value === null) delete merged[key];
    else if (value !== undefined)
      merged[key] = mergeField(
        merged[key],
        value,
        fieldOf(schema, key),
        schema,
        orderOf(patch, key),
      );
  }
  for (const key of Object.keys(patch).filter(name => name.startsWith(ORDER))) {
    const name = key.slice(ORDER.length);
    if (patch[name] === undefined)
      reorder(merged, name, patch[key], fieldOf(schema, name));
  }
  return merged;
}

function orderOf(patch: JsonObject, key: string): JsonValue[] | undefined {
  const order = patch[`${ORDER}${key}`];
  return Array.isArray(order) ? order : undefined;
}

function fieldOf(schema: Schema, key: string): Field | undefined {
  return schema.kind === 'struct' ? schema.fields.get(key) : undefined;
}

function mergeField(
  live: JsonValue | undefined,
  patch: JsonValue,
  field: Field | undefined,
  parent: Schema,
  order?: JsonValue[],
): JsonValue {
  const untyped: Schema = { kind: 'untyped' };
  const schema =
    field?.schema() ?? (parent.kind === 'map' ? parent.element() : untyped);
  if (isJsonObject(patch))
    return applyStrategicPatch(isJsonObject(live) ? live : {}, patch, schema);
  if (!Array.isArray(patch)) return patch;
  if (field === undefined || !field.patchStrategies.includes('merge'))
    return cloneJson(patch).map(withoutDirectivesIn);
  const element = schema.kind === 'list' ? schema.element() : untyped;
  return mergeList(Array.isArray(live) ? live : [], patch, {
    key: field.patchMergeKey,
    element,
    order,
  });
}

interface ListRule {
  key: string | undefined;
  element: Schema;
  order: JsonValue[] | undefined;
}

function mergeList(
  live: readonly JsonValue[],
  patch: readonly JsonValue[],
  rule: ListRule,
): JsonValue[] {
  if (patch.some(item => isJsonObject(item) && item.$patch === 'replace')) {
    return patch
      .filter(item => !(isJsonObject(item) && item.$patch === 'replace'))
      .map(withoutDirectivesIn);
  }
  const isSame = (a: JsonValue, b: JsonValue) => isSameElement(a, b, rule.key);
  const removed = patch.filter(
    item => isJsonObject(item) && item.$patch === 'delete',
  );
  const changed = patch.filter(item => !removed.includes(item));
  const rest = live.filter(item => !removed.some(gone => isSame(item, gone)));
  const merged = changed.map(item => {
    if (
      rule.key !== undefined &&
      isJsonObject(item) &&
      item[rule.key] === undefined
    ) {
      throw badRequest(
        `map: ${JSON.stringify(item)} does not contain declared merge key: ${
          rule.key
        }`,
      );
    }
    const before = rest.find(other => isSame(other, item));
    return isJsonObject(item)
      ? applyStrategicPatch(
          isJsonObject(before) ? before : {},
          item,
          rule.element,
        )
      : item;
  });
  const unchanged = rest.filter(
    item => !changed.some(other => isSame(item, other)),
  );
  const { order } = rule;
  if (order === undefined) return interleave(unchanged, merged, live, isSame);
  const isOrdered = (item: JsonValue) =>
    order.some(other => isSame(item, other));
  const ordered = sortBy(
    [...merged, ...unchanged.filter(isOrdered)],
    order,
    isSame,
  );
  return interleave(
    unchanged.filter(item => !isOrdered(item)),
    ordered,
    live,
    isSame,
  );
}

/**
 * Inserts elements that only the live list has among the patched ones, in the
 * order of the live list where it contains both.
 */
function interleave(
  rest: readonly JsonValue[],
  patched: readonly JsonValue[],
  live: readonly JsonValue[],
  isSame: (a: JsonValue, b: JsonValue) => boolean,
): JsonValue[] {
  const place = (item: JsonValue) =>
    live.findIndex(other => isSame(other, item));
  const [left, right, joined] = [[...rest], [...patched], [] as JsonValue[]];
  while (left.length > 0 && right.length > 0) {
    const [l, r] = [place(left[0]), place(right[0])];
    joined.push(
      (l >= 0 && r >= 0 && l < r ? left : right).shift() as JsonValue,
    );
  }
  return [...joined, ...left, ...right];
}

function sortBy(
  items: JsonValue[],
  order: readonly JsonValue[],
  isSame: (a: JsonValue, b: JsonValue) => boolean,
): JsonValue[] {
  const place = (item: JsonValue) =>
    order.findIndex(other => isSame(other, item));
  return [...items].sort((a, b) => place(a) - place(b));
}

function reorder(
  merged: JsonObject,
  name: string,
  order: JsonValue | undefined,
  field: Field | undefined,
): void {
  const list = merged[name];
  if (!Array.isArray(list) || !Array.isArray(order)) return;
  const isSame = (a: JsonValue, b: JsonValue) =>
    isSameElement(a, b, field?.patchMergeKey);
  const known = list.filter(item => order.some(other => isSame(item, other)));
  const rest = list.filter(item => !known.includes(item));
  merged[name] = interleave(rest, sortBy(known, order, isSame), list, isSame);
}

function isSameElement(
  a: JsonValue,
  b: JsonValue,
  key: string | undefined,
): boolean {
  if (key === undefined) return equalJson(a, b);
  return (
    isJsonObject(a) &&
    isJsonObject(b) &&
    a[key] !== undefined &&
    equalJson(a[key], b[key])
  );
}

function removeValues(
  merged: JsonObject,
  name: string,
  values: JsonValue | undefined,
): void {
  const list = merged[name];
  if (!Array.isArray(list) || !Array.isArray(values)) return;
  merged[name] = list.filter(
    item => !values.some(value => equalJson(item, value)),
  );
}

function retainKeys(merged: JsonObject, patch: JsonObject): JsonObject {
  const retained = patch.$retainKeys;
  if (!Array.isArray(retained)) return merged;
  return Object.fromEntries(
    Object.entries(merged).filter(([key]) => retained.includes(key)),
  );
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(patch)
      .filter(([key, value]) => !key.startsWith('$') && value !== null)
      .map(([key, value]) => [key, withoutDirectivesIn(value as JsonValue)]),
  );
}

function withoutDirectivesIn(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutDirectivesIn);
  return isJsonObject(value) ? withoutDirectives(value) : value;
}

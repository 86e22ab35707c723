import { badRequest, StatusError } from '../errors';
import {
  cloneJson,
  equalJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../json';

interface Operation {
  op: string;
  path: string;
  from?: string;
  value?: JsonValue;
}

/** RFC 6902. An operation that does not fit the object is 422 with the server's own message, which names no cause. */
export function applyJsonPatch(object: JsonObject, patch: unknown): JsonObject {
  if (!Array.isArray(patch) || !patch.every(isOperation)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    );
  }
  const holder: JsonObject = { root: cloneJson(object) };
  for (const operation of patch) applyOperation(holder, operation);
  return holder.root as JsonObject;
}

function isOperation(value: unknown): value is Operation {
  return (
    isJsonObject(value) &&
    typeof value.op === 'string' &&
    typeof value.path === 'string'
  );
}

function applyOperation(
  holder: JsonObject,
  { op, path, from, value }: Operation,
): void {
  switch (op) {
    case 'add':
      return add(holder, path, cloneJson(value ?? null));
    case 'remove':
      remove(holder, path);
      return undefined;
    case 'replace':
      read(holder, path);
      return replace(holder, path, cloneJson(value ?? null));
    case 'move':
      return add(holder, path, remove(holder, from ?? ''));
    case 'copy':
      return add(holder, path, cloneJson(read(holder, from ?? '')));
    case 'test':
      if (!equalJson(read(holder, path), value)) throw doesNotFit();
      return undefined;
    default:
      throw doesNotFit();
  }
}

function stepsOf(path: string): string[] {
  if (path !== '' && !path.startsWith('/')) throw doesNotFit();
  return [
    'root',
    ...path
      .split('/')
      .slice(1)
      .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~')),
  ];
}

function parentOf(
  holder: JsonObject,
  path: string,
): { parent: JsonValue; step: string } {
  const steps = stepsOf(path);
  const step = steps.pop() as string;
  let parent: JsonValue = holder;
  for (const field of steps) parent = member(parent, field);
  return { parent, step };
}

function member(parent: JsonValue, step: string): JsonValue {
  const value = Array.isArray(parent)
    ? parent[indexOf(parent, step)]
    : memberOfObject(parent, step);
  if (value === undefined) throw doesNotFit();
  return value;
}

function memberOfObject(
  parent: JsonValue,
  step: string,
): JsonValue | undefined {
  return isJsonObject(parent) ? parent[step] : undefined;
}

function indexOf(list: readonly JsonValue[], step: string): number {
  const index = Number(step);
  if (!/^\d+$/.test(step) || index >= list.length) throw doesNotFit();
  return index;
}

function read(holder: JsonObject, path: string): JsonValue {
  const { parent, step } = parentOf(holder, path);
  return member(parent, step);
}

function add(holder: JsonObject, path: string, value: JsonValue): void {
  const { parent, step } = parentOf(holder, path);
  if (Array.isArray(parent))
    parent.splice(
      step === '-' || Number(step) === parent.length
        ? parent.length
        : indexOf(parent, step),
      0,
      value,
    );
  else if (isJsonObject(parent)) parent[step] = value;
  else throw doesNotFit();
}

function replace(holder: JsonObject, path: string, value: JsonValue): void {
  const { parent, step } = parentOf(holder, path);
  if (Array.isArray(parent)) parent[indexOf(parent, step)] = value;
  else if (isJsonObject(parent)) parent[step] = value;
}

function remove(holder: JsonObject, path: string): JsonValue {
  const { parent, step } = parentOf(holder, path);
  const value = member(parent, step);
  if (Array.isArray(parent)) parent.splice(indexOf(parent, step), 1);
  else if (isJsonObject(parent)) delete parent[step];
  return value;
}

function doesNotFit(): StatusError {
  return new StatusError(
    422,
    'Invalid',
    'the server rejected our request due to an error in our request',
    {},
  );
}

import { describePath } from '../apply/conflictError';
import type { ApiResource } from '../discovery';
import { StatusError } from '../errors';
import { isJsonObject, type JsonValue, type SimObject } from '../json';
import type { Schema } from '../schema';

/** Checks that an applied configuration fits the kind's types; unknown fields fail with any field validation. */
export function checkTypes(
  resource: ApiResource,
  config: SimObject,
  schema: Schema,
): void {
  const problems = findProblems(config as unknown as JsonValue, schema, []);
  if (problems.length === 0) return;
  const { namespace, name } = config.metadata;
  const id = `${namespace ?? ''}/${name}`;
  const kind = `${resource.groupVersion}, Kind=${resource.kind}`;
  const reported =
    problems.length === 1
      ? problems[0]
      : `errors:\n${problems.map(problem => `  ${problem}`).join('\n')}`;
  throw new StatusError(
    500,
    '',
    `failed to create typed patch object (${id}; ${kind}): ${reported}`,
  );
}

function findProblems(
  value: JsonValue | undefined,
  schema: Schema,
  path: readonly string[],
): string[] {
  if (value === undefined || value === null || schema.kind === 'untyped')
    return [];
  const wrong = (expected: string) => [
    `${describePath(path)}: expected ${expected}, got ${describeValue(value)}`,
  ];
  switch (schema.kind) {
    case 'scalar':
      return isFitting(value, schema.scalar)
        ? []
        : wrong(expectedOf(schema.scalar));
    case 'list':
      if (!Array.isArray(value)) return wrong('list');
      return [
        ...duplicatesIn(value, schema, path),
        ...value.flatMap((item, i) =>
          findProblems(item, schema.element(), [
            ...path,
            stepOf(schema, item, i),
          ]),
        ),
      ];
    case 'map':
      if (!isJsonObject(value)) return wrong('map');
      return Object.entries(value).flatMap(([key, member]) =>
        findProblems(member, schema.element(), [...path, `f:${key}`]),
      );
    case 'struct':
      if (!isJsonObject(value)) return wrong('map');
      return Object.entries(value).flatMap(([key, member]) => {
        const field = schema.fields.get(key);
        const at = [...path, `f:${key}`];
        return field === undefined
          ? [`${describePath(at)}: field not declared in schema`]
          : findProblems(member, field.schema(), at);
      });
    default:
      return [];
  }
}

function stepOf(
  schema: Extract<Schema, { kind: 'list' }>,
  item: JsonValue,
  index: number,
): string {
  if (schema.relation !== 'map' || !isJsonObject(item)) return `i:${index}`;
  return `k:${JSON.stringify(keysOf(schema, item))}`;
}

function keysOf(
  schema: Extract<Schema, { kind: 'list' }>,
  item: JsonValue,
): Record<string, JsonValue | undefined> {
  const element = schema.element();
  const keys: Record<string, JsonValue | undefined> = {};
  for (const key of [...schema.keys].sort()) {
    const fallback =
      element.kind === 'struct' ? element.fields.get(key)?.default : undefined;
    keys[key] = (isJsonObject(item) ? item[key] : undefined) ?? fallback;
  }
  return keys;
}

function duplicatesIn(
  list: readonly JsonValue[],
  schema: Extract<Schema, { kind: 'list' }>,
  path: readonly string[],
): string[] {
  if (schema.relation === 'atomic') return [];
  const steps = list.map(item =>
    schema.relation === 'set'
      ? `v:${JSON.stringify(item)}`
      : `k:${JSON.stringify(keysOf(schema, item))}`,
  );
  const twice = [
    ...new Set(steps.filter((step, i) => steps.indexOf(step) !== i)),
  ];
  return twice.map(
    step =>
      `${describePath(path)}: duplicate entries for key ${describePath([
        step,
      ])}`,
  );
}

function isFitting(value: JsonValue, scalar: string): boolean {
  switch (scalar) {
    case 'integer':
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'quantity':
    case 'int-or-string':
      return typeof value === 'number' || typeof value === 'string';
    default:
      return typeof value === 'string';
  }
}

function expectedOf(scalar: string): string {
  if (scalar === 'integer' || scalar === 'number')
    return 'numeric (int or float)';
  return scalar === 'boolean' ? 'boolean' : 'string';
}

function describeValue(value: JsonValue): string {
  if (Array.isArray(value)) return 'list';
  if (isJsonObject(value)) return 'map';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    default:
      return 'boolean';
  }
}

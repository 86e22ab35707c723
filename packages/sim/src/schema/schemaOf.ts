import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import generated from './definitions.generated.json';
import type { Field, Schema } from './Schema';

const definitions = generated as unknown as Record<string, JsonObject>;
const REF = '#/components/schemas/';
const byKind = indexByKind();
const resolved = new Map<string, Schema>();

/** The schema of a kind; `undefined` for kinds the simulator does not serve. */
export function schemaOf(apiVersion: string, kind: string): Schema | undefined {
  const name = byKind.get(`${apiVersion}/${kind}`);
  return name === undefined ? undefined : resolveDefinition(name);
}

/** Returns the definition's name, as OpenAPI documents refer to it. */
export function definitionNameOf(
  apiVersion: string,
  kind: string,
): string | undefined {
  return byKind.get(`${apiVersion}/${kind}`);
}

export function allDefinitions(): Record<string, JsonObject> {
  return definitions;
}

function indexByKind(): Map<string, string> {
  const index = new Map<string, string>();
  for (const [name, definition] of Object.entries(definitions)) {
    const kinds = definition['x-kubernetes-group-version-kind'];
    if (!Array.isArray(kinds)) continue;
    for (const entry of kinds as Array<Record<string, string>>) {
      index.set(
        `${entry.group ? `${entry.group}/` : ''}${entry.version}/${entry.kind}`,
        name,
      );
    }
  }
  return index;
}

function resolveDefinition(name: string): Schema {
  const known = resolved.get(name);
  if (known !== undefined) return known;
  const schema = readSchema(
    definitions[name] ?? {},
    name.slice(name.lastIndexOf('.') + 1),
  );
  resolved.set(name, schema);
  return schema;
}

function readSchema(node: JsonObject, name: string): Schema {
  const ref = refOf(node);
  if (ref !== undefined) return resolveDefinition(ref);
  if (name === 'Quantity') return { kind: 'scalar', scalar: 'quantity' };
  if (node.format === 'int-or-string')
    return { kind: 'scalar', scalar: 'int-or-string' };
  switch (node.type) {
    case 'string':
      return { kind: 'scalar', scalar: scalarOfString(node.format) };
    case 'integer':
    case 'number':
    case 'boolean':
      return {
        kind: 'scalar',
        scalar: node.type,
        format: node.format as string | undefined,
      };
    case 'array':
      return readList(node);
    case 'object':
      return readObject(node, name);
    default:
      return { kind: 'untyped' };
  }
}

function scalarOfString(format: unknown): 'time' | 'bytes' | 'string' {
  if (format === 'date-time') return 'time';
  return format === 'byte' ? 'bytes' : 'string';
}

function readList(node: JsonObject): Schema {
  const relation = node['x-kubernetes-list-type'];
  return {
    kind: 'list',
    element: lazily(() => readSchema(node.items as JsonObject, '')),
    relation: relation === 'map' || relation === 'set' ? relation : 'atomic',
    keys: (node['x-kubernetes-list-map-keys'] as string[] | undefined) ?? [],
  };
}

function readObject(node: JsonObject, name: string): Schema {
  const atomic = node['x-kubernetes-map-type'] === 'atomic';
  if (isJsonObject(node.properties)) {
    const required = new Set((node.required as string[] | undefined) ?? []);
    const fields = Object.entries(node.properties).map(
      ([field, type]): [string, Field] => [
        field,
        readField(field, type as JsonObject, required.has(field)),
      ],
    );
    return { kind: 'struct', name, atomic, fields: new Map(fields) };
  }
  if (isJsonObject(node.additionalProperties)) {
    const element = node.additionalProperties;
    return {
      kind: 'map',
      atomic,
      element: lazily(() => readSchema(element, '')),
    };
  }
  return { kind: 'untyped' };
}

function readField(name: string, node: JsonObject, isRequired: boolean): Field {
  const strategies = node['x-kubernetes-patch-strategy'];
  return {
    name,
    schema: lazily(() => readSchema(node, '')),
    default: node.default as JsonValue | undefined,
    isRequired,
    patchStrategies:
      typeof strategies === 'string' ? strategies.split(',') : [],
    patchMergeKey: node['x-kubernetes-patch-merge-key'] as string | undefined,
  };
}

function refOf(node: JsonObject): string | undefined {
  const holder = Array.isArray(node.allOf)
    ? (node.allOf[0] as JsonObject)
    : node;
  const ref = holder.$ref;
  return typeof ref === 'string' ? ref.slice(REF.length) : undefined;
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

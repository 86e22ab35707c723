import { type ApiResource, findResourceOfKind } from '../discovery';
import { badRequest } from '../errors';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type SimObject,
} from '../json';
import { type Schema, schemaOf } from '../schema';
import type { WriteOptions } from './Registry';
import { isDroppedWhenZero } from './zeroValues';

/**
 * Decodes a body as an object of the kind: wrong types are refused, unknown
 * fields are dropped, warned about or refused, empty values are omitted as the
 * server's own types would.
 */
export function decodeObject(
  resource: ApiResource,
  body: JsonObject,
  options: WriteOptions,
): SimObject {
  const { kind, groupVersion } = resource;
  checkKind(resource, body);
  const schema = schemaOf(groupVersion, kind);
  if (schema === undefined)
    throw badRequest(`no schema for ${groupVersion} ${kind}`);
  const unknown: string[] = [];
  const context: Decoding = { kind, struct: kind, unknown };
  const decoded = decodeValue(body, schema, [], context) as SimObject;
  reportUnknown(resource, unknown, options);
  return {
    ...decoded,
    apiVersion: groupVersion,
    kind,
    metadata: decoded.metadata ?? { name: '' },
  };
}

interface Decoding {
  kind: string;
  /** The Go type of the decoded field. */
  struct: string;
  unknown: string[];
}

function checkKind(
  { groupVersion, kind }: ApiResource,
  body: JsonObject,
): void {
  if (body.kind === undefined && body.apiVersion === undefined) return;
  if (typeof body.kind !== 'string' || body.kind === '') {
    throw badRequest(`Object 'Kind' is missing in '${JSON.stringify(body)}'`);
  }
  if (body.kind === kind && body.apiVersion === groupVersion) return;
  const sent = findResourceOfKind(String(body.apiVersion), body.kind);
  if (body.kind === kind && sent === undefined) {
    throw badRequest(
      `${kind} in version ${JSON.stringify(
        String(body.apiVersion).split('/').at(-1),
      )} cannot be handled as a ${kind}: no kind ${JSON.stringify(
        kind,
      )} is registered for version ${JSON.stringify(
        body.apiVersion,
      )} in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
  if (sent !== undefined)
    throw badRequest(describeConversion(body, { kind, groupVersion }));
  throw badRequest(
    `the API version in the data (${String(
      body.apiVersion,
    )}) does not match the expected API version (${groupVersion})`,
  );
}

function describeConversion(
  body: JsonObject,
  { kind, groupVersion }: Pick<ApiResource, 'kind' | 'groupVersion'>,
): string {
  const internal = groupVersion.includes('/')
    ? groupVersion.split('/')[0]
    : 'core';
  const sent = String(body.apiVersion).split('/').at(-1);
  return `${String(body.kind)} in version ${JSON.stringify(
    sent,
  )} cannot be handled as a ${kind}: converting (${sent}.${String(
    body.kind,
  )}) to (${internal}.${kind}): unknown conversion`;
}

function reportUnknown(
  { kind, version }: ApiResource,
  unknown: readonly string[],
  { fieldValidation, warn }: WriteOptions,
): void {
  if (unknown.length === 0 || fieldValidation === 'Ignore') return;
  const messages = unknown.map(path => `unknown field ${JSON.stringify(path)}`);
  if (fieldValidation === 'Strict') {
    throw badRequest(
      `${kind} in version ${JSON.stringify(
        version,
      )} cannot be handled as a ${kind}: strict decoding error: ${messages.join(
        ', ',
      )}`,
    );
  }
  messages.forEach(message => warn?.(message));
}

function decodeValue(
  value: JsonValue,
  schema: Schema,
  path: readonly string[],
  context: Decoding,
): JsonValue | undefined {
  if (value === null) return undefined;
  switch (schema.kind) {
    case 'untyped':
      return value;
    case 'scalar':
      return decodeScalar(value, schema, path, context);
    case 'list':
      return decodeList(value, schema.element(), path, context);
    case 'map':
      return decodeMap(value, schema.element(), path, context);
    case 'struct':
      return decodeStruct(value, schema, path, context);
    default:
      throw new Error('unknown schema');
  }
}

function decodeList(
  value: JsonValue,
  element: Schema,
  path: readonly string[],
  context: Decoding,
): JsonValue | undefined {
  if (!Array.isArray(value)) throw wrongType(value, path, '[]', context);
  const items = value.map((item, i) => {
    const inList = [...path.slice(0, -1), `${path.at(-1) ?? ''}[${i}]`];
    return (
      decodeValue(item, element, inList, context) ??
      (element.kind === 'struct' ? {} : null)
    );
  });
  return items.length === 0 ? undefined : items;
}

function decodeMap(
  value: JsonValue,
  element: Schema,
  path: readonly string[],
  context: Decoding,
): JsonValue | undefined {
  if (!isJsonObject(value))
    throw wrongType(value, path, 'map[string]string', context);
  const entries = Object.entries(value).map(([key, member]) => [
    key,
    decodeValue(
      member as JsonValue,
      element,
      element.kind === 'scalar' ? path : [...path, key],
      context,
    ) ?? (element.kind === 'scalar' ? '' : {}),
  ]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function decodeStruct(
  value: JsonValue,
  schema: Extract<Schema, { kind: 'struct' }>,
  path: readonly string[],
  context: Decoding,
): JsonValue {
  if (!isJsonObject(value))
    throw wrongType(value, path, `v1.${schema.name}`, context);
  const decoded: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const field = schema.fields.get(key);
    if (field === undefined) context.unknown.push([...path, key].join('.'));
    else {
      const kept =
        member === undefined
          ? undefined
          : decodeValue(member, field.schema(), [...path, key], {
              ...context,
              struct: schema.name,
            });
      if (kept !== undefined && !isDroppedWhenZero(schema.name, field, kept))
        decoded[key] = kept;
    }
  }
  return decoded;
}

const GO_TYPES: Readonly<Record<string, string>> = {
  integer: 'int32',
  boolean: 'bool',
  string: 'string',
  number: 'float64',
};

function decodeScalar(
  value: JsonValue,
  schema: Extract<Schema, { kind: 'scalar' }>,
  path: readonly string[],
  context: Decoding,
): JsonValue {
  switch (schema.scalar) {
    case 'integer':
      if (typeof value === 'number' && Number.isInteger(value)) return value;
      throw wrongType(value, path, schema.format ?? 'int32', context);
    case 'number':
    case 'boolean':
      if (typeof value === schema.scalar) return value;
      throw wrongType(value, path, GO_TYPES[schema.scalar], context);
    case 'quantity':
      if (typeof value === 'string' || typeof value === 'number')
        return canonicalQuantity(value, context);
      throw wrongType(value, path, 'resource.Quantity', context);
    case 'int-or-string':
      if (typeof value === 'string' || typeof value === 'number') return value;
      throw wrongType(value, path, 'intstr.IntOrString', context);
    default:
      if (typeof value === 'string') return value;
      throw wrongType(value, path, 'string', context);
  }
}

const QUANTITY =
  /^[+-]?(\d+(\.\d*)?|\.\d+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?\d+))?$/;

/** Numbers become text; `1000m` becomes `1`. */
function canonicalQuantity(value: string | number, { kind }: Decoding): string {
  const text = String(value);
  if (!QUANTITY.test(text)) {
    throw badRequest(
      `${kind} in version "v1" cannot be handled as a ${kind}: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
    );
  }
  const milli = /^(\d+)000m$/.exec(text);
  return milli === null ? text : milli[1];
}

function wrongType(
  value: JsonValue,
  path: readonly string[],
  goType: string,
  { kind, struct }: Decoding,
) {
  const names: Record<string, string> = {
    string: 'string',
    number: 'number',
    boolean: 'bool',
  };
  const sent = Array.isArray(value) ? 'array' : names[typeof value] ?? 'object';
  return badRequest(
    `${kind} in version "v1" cannot be handled as a ${kind}: json: cannot unmarshal ${sent} into Go struct field ${struct}.${path
      .join('.')
      .replace(/\[\d+\]/g, '')} of type ${goType}`,
  );
}

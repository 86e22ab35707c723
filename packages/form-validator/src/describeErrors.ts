import type { OutputUnit } from '@cfworker/json-schema';
import type { RJSFValidationError } from '@rjsf/utils';

/** Keywords whose errors only say that something below them is wrong. */
const CONTAINERS = new Set([
  'additionalItems',
  'allOf',
  'anyOf',
  'dependencies',
  'else',
  'if',
  'items',
  'oneOf',
  'properties',
  'patternProperties',
  'then',
  '$ref',
]);

type SchemaNode = Record<string, unknown>;

/** Turns what the validator found into errors at fields, in words for who fills the form in. */
export function describeErrors(
  units: readonly OutputUnit[],
  schema: unknown,
): RJSFValidationError[] {
  const leaves = units.filter(({ keyword }) => !CONTAINERS.has(keyword));
  // Of a choice (`oneOf`) without a match only the choice itself may be known.
  return (leaves.length > 0 ? leaves : units).map(unit =>
    describe(unit, schema),
  );
}

function describe(unit: OutputUnit, schema: unknown): RJSFValidationError {
  const parent = nodeAt(schema, parentOf(unit.keywordLocation));
  const at = pathOf(unit.instanceLocation);
  const missing =
    unit.keyword === 'required'
      ? /property "(.*)"\.$/.exec(unit.error)?.[1]
      : undefined;
  const path = missing === undefined ? at : [...at, missing];
  const field = missing === undefined ? parent : propertyOf(parent, missing);
  const message =
    ownMessage(parent, unit.keyword, missing) ??
    wordsFor(unit, parent[unit.keyword]);
  const name = String(field.title ?? path[path.length - 1] ?? 'This form');
  return {
    name: unit.keyword,
    property: path.map(part => `.${part}`).join(''),
    message,
    params: missing === undefined ? {} : { missingProperty: missing },
    stack: `${name} ${message}`,
    schemaPath: unit.keywordLocation,
  };
}

/** What the schema itself says (`errorMessage`): one text, or one for each keyword. */
function ownMessage(
  parent: SchemaNode,
  keyword: string,
  missing: string | undefined,
): string | undefined {
  const own = parent.errorMessage;
  if (typeof own === 'string') return own;
  const text = asNode(own)[keyword];
  const picked = missing === undefined ? text : asNode(text)[missing] ?? text;
  return typeof picked === 'string' ? picked : undefined;
}

function wordsFor({ keyword, error }: OutputUnit, wanted: unknown): string {
  switch (keyword) {
    case 'required':
      return 'is required';
    case 'pattern':
      return `must match ${wanted}`;
    case 'minLength':
      return `must have at least ${wanted} characters`;
    case 'maxLength':
      return `must have at most ${wanted} characters`;
    case 'minimum':
      return `must be at least ${wanted}`;
    case 'maximum':
      return `must be at most ${wanted}`;
    case 'format':
      return `must be a valid ${wanted}`;
    case 'type':
      return `must be of type ${[wanted].flat().join(' or ')}`;
    case 'enum':
      return `must be one of ${[wanted].flat().join(', ')}`;
    default:
      return error;
  }
}

/** `#/a/b~1c` as its parts. */
function pathOf(pointer: string): string[] {
  return pointer
    .replace(/^#\/?/, '')
    .split('/')
    .filter(part => part !== '')
    .map(part =>
      decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'),
    );
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

/** The part of a schema that a pointer leads to; empty where it passes a reference. */
function nodeAt(schema: unknown, pointer: string): SchemaNode {
  return pathOf(pointer).reduce<SchemaNode>(
    (node, part) => asNode(node[part]),
    asNode(schema),
  );
}

function propertyOf(node: SchemaNode, name: string): SchemaNode {
  return asNode(asNode(node.properties)[name]);
}

function asNode(value: unknown): SchemaNode {
  return typeof value === 'object' && value !== null
    ? (value as SchemaNode)
    : {};
}

import type { OutputUnit } from '@cfworker/json-schema';
import type { RJSFValidationError } from '@rjsf/utils';

/** Keywords whose errors only report that something below them is invalid. */
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

/** Converts validation errors to errors per field, worded for the person who fills in the form. */
export function describeErrors(
  units: readonly OutputUnit[],
  schema: unknown,
): RJSFValidationError[] {
  const leaves = units.filter(({ keyword }) => !CONTAINERS.has(keyword));
  // Of a choice (`oneOf`) without a match only the error of the choice itself may be
  // reported.
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

/** The schema's own message (`errorMessage`): one text, or one per keyword. */
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

/** Splits a JSON pointer such as `#/a/b~1c` into its decoded segments. */
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

/** The part of a schema at a JSON pointer; empty when the pointer crosses a reference. */
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

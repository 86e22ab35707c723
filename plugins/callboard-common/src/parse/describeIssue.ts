import type { z } from 'zod';
import type { FieldPath } from './formatPath';
import { explainField, suggestField, suggestName } from './suggestField';
import { YamlDate } from './yaml/YamlDate';
import { shorten } from '../words/shorten';

export interface SchemaFault {
  path: FieldPath;
  why: string;
  next: string;
  /** The probable field, where this one is misspelled. */
  meant?: string;
}

type Issue = z.core.$ZodIssue;

const TYPE_NAMES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  date: 'a date',
  null: 'empty',
  undefined: 'missing',
};

/** Describes a schema issue for the author of the file. Never repeats a value: it may be a secret. */
export function describeIssue(
  issue: Issue,
  document: unknown,
  schema?: z.core.$ZodType,
): SchemaFault {
  const path = issue.path.map(part =>
    typeof part === 'symbol' ? String(part) : part,
  );
  switch (issue.code) {
    case 'invalid_type':
      return describeType(path, issue.expected, valueAt(document, path));
    case 'unrecognized_keys':
      if (valueAt(document, path) instanceof YamlDate)
        return describeType(path, 'object', valueAt(document, path));
      return (
        describeRefused(path, issue.keys[0], schema) ??
        describeUnknown(
          path,
          issue.keys,
          schema && suggestField(schema, path, issue.keys[0]),
        )
      );
    case 'invalid_value':
      return describeChoice(path, issue.values, valueAt(document, path));
    case 'invalid_key':
      return describeKey(path, issue.issues[0]?.message);
    case 'too_small':
      return {
        path,
        why: describeBound('at least', issue.minimum, issue.origin),
        next: 'Correct the value',
      };
    case 'too_big':
      return {
        path,
        why: describeBound('at most', issue.maximum, issue.origin),
        next: 'Correct the value',
      };
    case 'custom':
      return {
        path,
        why: issue.message,
        next: issue.params?.next ?? 'Correct the value',
      };
    default:
      return { path, why: issue.message, next: 'Correct the value' };
  }
}

/** Describes a field whose schema itself explains why it is refused. */
function describeRefused(
  path: FieldPath,
  field: string,
  schema: z.core.$ZodType | undefined,
): SchemaFault | undefined {
  const explained = schema && explainField(schema, path, field);
  return explained && { path: [...path, field], ...explained };
}

function describeChoice(
  path: FieldPath,
  allowed: readonly unknown[],
  value: unknown,
): SchemaFault {
  const names = allowed.map(String);
  const meant =
    typeof value === 'string' ? suggestName(value, names) : undefined;
  return {
    path,
    why: `must be ${names.length === 1 ? '' : 'one of '}${names
      .map(name => `"${name}"`)
      .join(', ')}`,
    next:
      meant === undefined
        ? 'Use one of the allowed values'
        : `Write "${meant}"`,
  };
}

function describeUnknown(
  path: FieldPath,
  keys: string[],
  meant: string | undefined,
): SchemaFault {
  const at = { path: [...path, keys[0]] };
  const why = `\`${shorten(keys[0])}\` is not a field`;
  return meant === undefined
    ? {
        ...at,
        why: `${why} here`,
        next: `Remove ${quoteSome(keys)}, or correct the spelling`,
      }
    : {
        ...at,
        meant,
        why: `${why}; did you mean \`${meant}\`?`,
        next: `Rename it to \`${meant}\``,
      };
}

function describeType(
  path: FieldPath,
  expected: string,
  value: unknown,
): SchemaFault {
  const wanted = TYPE_NAMES[expected] ?? expected;
  if (value === undefined)
    return { path, why: 'is missing', next: `Add it; it must be ${wanted}` };
  const given = typeNameOf(value);
  return {
    path,
    why: `must be ${wanted}, but is ${given}`,
    next: adviseType(expected, value),
  };
}

function adviseType(expected: string, value: unknown): string {
  if (value === null) return 'Give it a value, or remove the field';
  if (value instanceof YamlDate) return 'Put the date in quotes';
  if (expected === 'string' && typeof value !== 'object')
    return 'Put the value in quotes';
  return 'Correct the value';
}

function typeNameOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof YamlDate) return 'a date';
  return TYPE_NAMES[typeof value] ?? typeof value;
}

function describeKey(
  path: FieldPath,
  message = 'is not a valid name',
): SchemaFault {
  return { path, why: `the name ${message}`, next: 'Rename it' };
}

function describeBound(
  word: string,
  bound: number | bigint,
  origin: string,
): string {
  switch (origin) {
    case 'string':
      return `must have ${word} ${bound} ${
        bound === 1 ? 'character' : 'characters'
      }`;
    case 'array':
    case 'record':
    case 'object':
    case 'map':
      return `must have ${word} ${bound} ${bound === 1 ? 'entry' : 'entries'}`;
    default:
      return `must be ${word} ${bound}`;
  }
}

function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (holder, part) =>
      typeof holder === 'object' &&
      holder !== null &&
      Object.hasOwn(holder, part)
        ? (holder as Record<string | number, unknown>)[part]
        : undefined,
    value,
  );
}

function quoteSome(keys: string[]): string {
  const some = keys.slice(0, 5).map(key => `"${shorten(key)}"`);
  return some.join(', ') + (keys.length > some.length ? ', …' : '');
}

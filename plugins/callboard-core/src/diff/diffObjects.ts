import {
  type KubeObject,
  isRecord,
  refKey,
} from '@callboard/plugin-callboard-common';
import { compareText } from '../placement/selectors';
import { canonicalJson } from '../render/canonicalJson';
import { formatKey } from './formatKey';
import { keyList } from './keyList';

/** Replaces values of a Secret, on both sides of a change. */
const MASKED = '(secret)';

/** A field whose value differs in another rendering. */
export interface FieldChange {
  path: string;
  /** Absent where the field is new; `(secret)` for a secret value. */
  before?: unknown;
  /** Absent where the field is removed. */
  after?: unknown;
}

/** Change of an object. */
export interface ObjectChange {
  change: 'added' | 'changed' | 'removed';
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
  /** Fields of a changed object, sorted by path. */
  fields: FieldChange[];
}

/**
 * Compares two renderings: object by object, sorted by kind and name, and field
 * by field. Both are rendered by us, so that equal values have the same form.
 * The result contains no value of a Secret.
 */
export function diffObjects(
  before: readonly KubeObject[],
  after: readonly KubeObject[],
): ObjectChange[] {
  const old = new Map(before.map(object => [keyOf(object), object]));
  const changes: ObjectChange[] = [];
  for (const object of after) {
    const former = old.get(keyOf(object));
    old.delete(keyOf(object));
    const fields = former ? diffFields(former, object) : [];
    if (former && fields.length === 0) continue;
    changes.push(describe(object, former ? 'changed' : 'added', fields));
  }
  for (const object of old.values())
    changes.push(describe(object, 'removed', []));
  return changes.sort(
    (a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name),
  );
}

function keyOf({ apiVersion, kind, metadata }: KubeObject): string {
  const { name, namespace } = metadata;
  return refKey({ apiVersion, kind, name, ...(namespace && { namespace }) });
}

function describe(
  { apiVersion, kind, metadata }: KubeObject,
  change: ObjectChange['change'],
  fields: FieldChange[],
): ObjectChange {
  const { name, namespace } = metadata;
  return {
    change,
    apiVersion,
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    fields,
  };
}

function diffFields(before: KubeObject, after: KubeObject): FieldChange[] {
  const fields: FieldChange[] = [];
  compare(before, after, '', fields);
  return fields
    .map(field => (isSecret(after, field.path) ? mask(field) : field))
    .sort((a, b) => compareText(a.path, b.path));
}

function compare(
  before: unknown,
  after: unknown,
  path: string,
  fields: FieldChange[],
): void {
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      compare(
        fieldOf(before, key),
        fieldOf(after, key),
        path === '' ? key : `${path}${formatKey(key)}`,
        fields,
      );
    return;
  }
  if (isSame(before, after)) return;
  if (
    Array.isArray(before) &&
    Array.isArray(after) &&
    compareEntries(before, after, path, fields)
  )
    return;
  fields.push({
    path,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  });
}

/** Entries with a key are compared one by one; other lists as a whole. */
function compareEntries(
  before: unknown[],
  after: unknown[],
  path: string,
  fields: FieldChange[],
): boolean {
  const added = keyList(after, before);
  const removed = keyList(before, after);
  if (!added || !removed) return false;
  const start = fields.length;
  for (const { key, wanted, found } of added)
    compare(found, wanted, `${path}[${key}]`, fields);
  for (const { key, wanted, found } of removed)
    if (found === undefined)
      fields.push({ path: `${path}[${key}]`, before: wanted });
  // The same entries in another order are a change: containers start by it, and variables
  // refer to earlier ones.
  return fields.length > start;
}

/** Null differs from absent: it is written. */
function isSame(before: unknown, after: unknown): boolean {
  return before === undefined || after === undefined
    ? before === after
    : canonicalJson(before) === canonicalJson(after);
}

function fieldOf(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isSecret({ kind }: KubeObject, path: string): boolean {
  return kind === 'Secret' && /^(?:data|stringData)(?:\W|$)/.test(path);
}

function mask({ path, before, after }: FieldChange): FieldChange {
  return {
    path,
    ...(before !== undefined && { before: MASKED }),
    ...(after !== undefined && { after: MASKED }),
  };
}

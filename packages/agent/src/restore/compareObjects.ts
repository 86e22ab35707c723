import { isRecord } from '@callboard/tunnel';
import type { LiveObject } from '../desired/KeptObject';

const MAX_DEPTH = 40;
const MAX_FIELDS = 10;
const MAX_FIELDS_TEXT = 280; // for all fields together; the limit of a report
const SERVER_FIELDS = new Set([
  'metadata.resourceVersion',
  'metadata.managedFields',
  'metadata.generation',
  'metadata.creationTimestamp',
  'metadata.uid',
  'status',
]);

/**
 * True when the live object contains every desired value as it was sent. False
 * is inconclusive: servers rewrite values.
 */
export function isWithin(wanted: unknown, live: unknown, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(wanted))
    return (
      Array.isArray(live) &&
      live.length === wanted.length &&
      wanted.every((each, i) => isWithin(each, live[i], depth + 1))
    );
  if (isRecord(wanted))
    return (
      isRecord(live) &&
      Object.entries(wanted).every(([name, value]) =>
        isWithin(value, live[name], depth + 1),
      )
    );
  return wanted === live;
}

/**
 * Names of fields that differ between two states of one object, without those
 * that the server manages. For a Secret only the fact that its data differ.
 */
export function listDifferences(a: LiveObject, b: LiveObject): string[] {
  const found: string[] = [];
  compare(a, b, { path: '', depth: 0, found });
  const fields =
    a.kind === 'Secret'
      ? found.map(each => each.replace(/^(data|stringData)\..*/s, '$1'))
      : found;
  return shorten([...new Set(fields)].sort());
}

function compare(
  a: unknown,
  b: unknown,
  at: { path: string; depth: number; found: string[] },
): void {
  if (SERVER_FIELDS.has(at.path) || a === b) return;
  const isDeeper = at.depth < MAX_DEPTH;
  const step = (name: string, separator: string) => ({
    path: at.path === '' ? name : `${at.path}${separator}${name}`,
    depth: at.depth + 1,
    found: at.found,
  });
  if (isDeeper && Array.isArray(a) && Array.isArray(b) && a.length === b.length)
    a.forEach((each, i) => compare(each, b[i], step(`[${i}]`, '')));
  else if (isDeeper && isRecord(a) && isRecord(b))
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
      compare(a[name], b[name], step(name, '.'));
  else at.found.push(at.path);
}

function shorten(fields: string[]): string[] {
  const shown: string[] = [];
  for (const field of fields) {
    const printable = field.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
    const length = shown.reduce((sum, each) => sum + each.length, 0);
    if (
      shown.length === MAX_FIELDS - 1 ||
      length + printable.length > MAX_FIELDS_TEXT
    )
      return [...shown, 'and more'];
    shown.push(printable);
  }
  return shown;
}

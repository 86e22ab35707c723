import type { KubeObject } from '@callboard/plugin-callboard-common';
import { parseQuantity } from '../quantity';

/** Keys by which Kubernetes tells the entries of a list apart, most telling first. */
const LIST_KEYS: ReadonlyArray<readonly string[]> = [
  ['mountPath'],
  ['containerPort', 'protocol'],
  ['port', 'protocol'],
  ['name'],
  ['key', 'path'],
  ['ip'],
  ['topologyKey'],
];

/** What the API server fills in where a key of a list is left out. */
const KEY_DEFAULTS: Record<string, unknown> = { protocol: 'TCP' };

/** Fields that hold amounts; elsewhere `1` and `1000m` are different texts. */
const QUANTITY_MAPS = new Set([
  'limits',
  'requests',
  'hard',
  'default',
  'defaultRequest',
  'max',
  'min',
  'capacity',
  'allocatable',
]);
const QUANTITY_FIELDS = new Set(['sizeLimit', 'storage']);

/** Identity and bookkeeping; not ours to compare. */
const IGNORED = new Set([
  'apiVersion',
  'kind',
  'status',
  'metadata.name',
  'metadata.namespace',
]);

/**
 * Paths of the fields in `desired` that are different in `live`, sorted.
 *
 * Only what we want is looked at: what the server or others added is not ours.
 * Values are compared by meaning: `1000m` CPU is `1`, an empty map or list is
 * the same as none, entries of lists are found by their key and not by place.
 */
export function diffOwned(desired: KubeObject, live: KubeObject): string[] {
  const paths: string[] = [];
  compare(desired, live, { path: '', holdsAmounts: false }, paths);
  return paths.sort();
}

interface Place {
  path: string;
  /** Whether values here are quantities. */
  holdsAmounts: boolean;
}

function compare(
  desired: unknown,
  live: unknown,
  place: Place,
  paths: string[],
): void {
  if (isEmpty(desired) && isEmpty(live)) return;
  if (isRecord(desired) && (isRecord(live) || isEmpty(live))) {
    if (isEmpty(live)) paths.push(place.path);
    else compareMaps(desired, live as Record<string, unknown>, place, paths);
    return;
  }
  if (Array.isArray(desired) && Array.isArray(live)) {
    compareLists(desired, live, place, paths);
    return;
  }
  if (!isSameValue(desired, live, place)) paths.push(place.path);
}

function compareMaps(
  desired: Record<string, unknown>,
  live: Record<string, unknown>,
  place: Place,
  paths: string[],
): void {
  for (const [key, value] of Object.entries(desired)) {
    const path = place.path === '' ? key : `${place.path}${formatKey(key)}`;
    if (IGNORED.has(path)) continue;
    const holdsAmounts = QUANTITY_MAPS.has(key)
      ? isRecord(value)
      : place.holdsAmounts || QUANTITY_FIELDS.has(key);
    compare(
      value,
      Object.hasOwn(live, key) ? live[key] : undefined,
      { path, holdsAmounts },
      paths,
    );
  }
}

function compareLists(
  desired: unknown[],
  live: unknown[],
  place: Place,
  paths: string[],
): void {
  const keys = findListKeys([...desired, ...live]);
  if (!keys) {
    const differs = desired.length !== live.length;
    if (differs) paths.push(place.path);
    else
      desired.forEach((item, i) =>
        compare(
          item,
          live[i],
          { ...place, path: `${place.path}[${i}]` },
          paths,
        ),
      );
    return;
  }
  const byKey = new Map(live.map(item => [keyOf(item, keys), item]));
  for (const item of desired) {
    const key = keyOf(item, keys);
    const path = `${place.path}[${key}]`;
    const other = byKey.get(key);
    if (other === undefined) paths.push(path);
    else compare(item, other, { ...place, path }, paths);
  }
}

/** The first set of keys that tells all entries of both lists apart. */
function findListKeys(items: unknown[]): readonly string[] | undefined {
  return items.every(isRecord)
    ? LIST_KEYS.find(keys =>
        items.every(item => isRecord(item) && Object.hasOwn(item, keys[0])),
      )
    : undefined;
}

function keyOf(item: unknown, keys: readonly string[]): string {
  const fields = item as Record<string, unknown>;
  return keys
    .map(key => String(fields[key] ?? KEY_DEFAULTS[key] ?? ''))
    .join('/');
}

function isSameValue(desired: unknown, live: unknown, place: Place): boolean {
  if (desired === live) return true;
  if (place.holdsAmounts) {
    const amount = parseQuantity(desired);
    return amount !== undefined && amount === parseQuantity(live);
  }
  return false;
}

/** Null, absent, an empty map and an empty list are all stored as nothing. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return (
    isRecord(value) &&
    Object.values(value).every(field => field === undefined || field === null)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function formatKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

import { type KubeObject, isRecord } from '@callboard/plugin-callboard-common';
import { parseQuantity } from '../quantity';
import { formatKey } from './formatKey';
import { keyList } from './keyList';

/** Maps whose values are quantities; elsewhere `1` and `1000m` are different texts. */
const AMOUNT_MAPS = new Set([
  'limits',
  'requests',
  'hard',
  'default',
  'defaultRequest',
  'max',
  'min',
]);
const AMOUNT_FIELDS = new Set(['sizeLimit', 'storage']);

/** Maps of texts without meaning to Kubernetes; whatever their keys are, values are compared as text. */
const TEXT_MAPS = new Set([
  'data',
  'binaryData',
  'stringData',
  'labels',
  'annotations',
  'matchLabels',
]);

/** Identity and status; not compared. */
const IGNORED = new Set([
  'apiVersion',
  'kind',
  'status',
  'metadata.name',
  'metadata.namespace',
]);

/** Booleans for which the API distinguishes false from absent, because absent means true. */
const ON_WHEN_ABSENT = new Set([
  'automountServiceAccountToken',
  'allowPrivilegeEscalation',
  'enableServiceLinks',
]);

/**
 * Returns the paths of the fields in `desired` that differ in `live`, sorted.
 *
 * Only fields of `desired` are compared: additions of the server or others are
 * ignored. Values are compared by meaning: `1000m` CPU is `1`; null, an empty
 * map or list and a zero value equal an absent field, as the API stores them
 * so; entries of lists are matched by key, not by index.
 */
export function diffOwned(desired: KubeObject, live: KubeObject): string[] {
  const paths: string[] = [];
  compare(desired, live, { path: '', key: '', holds: 'fields' }, paths);
  return paths.sort();
}

interface Place {
  path: string;
  /** Name of the field; for entries that of their list. */
  key: string;
  /** Kind of the values at this path. */
  holds: 'fields' | 'amounts' | 'texts';
}

function compare(
  desired: unknown,
  live: unknown,
  place: Place,
  paths: string[],
): void {
  if (isRecord(desired) && isRecord(live)) {
    compareMaps(desired, live, place, paths);
  } else if (Array.isArray(desired) && Array.isArray(live)) {
    compareLists(desired, live, place, paths);
  } else if (!isSameValue(desired, live, place)) {
    paths.push(place.path);
  }
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
    const other = Object.hasOwn(live, key) ? live[key] : undefined;
    compare(
      value,
      other,
      { path, key, holds: whatIsIn(key, value, place) },
      paths,
    );
  }
}

function whatIsIn(key: string, value: unknown, place: Place): Place['holds'] {
  if (place.holds !== 'fields') return place.holds;
  if (TEXT_MAPS.has(key)) return 'texts';
  const isAmount =
    AMOUNT_FIELDS.has(key) || (AMOUNT_MAPS.has(key) && isRecord(value));
  return isAmount ? 'amounts' : 'fields';
}

function compareLists(
  desired: unknown[],
  live: unknown[],
  place: Place,
  paths: string[],
): void {
  const keyed = keyList(desired, live);
  if (keyed) {
    for (const { key, wanted, found } of keyed) {
      const path = `${place.path}[${key}]`;
      if (found === undefined) paths.push(path);
      else compare(wanted, found, { ...place, path }, paths);
    }
  } else if (desired.length !== live.length) {
    paths.push(place.path);
  } else {
    desired.forEach((item, index) =>
      compare(
        item,
        live[index],
        { ...place, path: `${place.path}[${index}]` },
        paths,
      ),
    );
  }
}

function isSameValue(
  desired: unknown,
  live: unknown,
  { key, holds }: Place,
): boolean {
  if (desired === live) return true;
  if (holds === 'amounts') {
    const amount = parseQuantity(desired);
    if (amount !== undefined && amount === parseQuantity(live)) return true;
  }
  if (holds === 'texts' && typeof desired === 'string') return false;
  if (desired === false && ON_WHEN_ABSENT.has(key)) return false;
  return isNothing(desired) && isNothing(live);
}

/** Values that the API does not distinguish from an absent field. */
function isNothing(value: unknown): boolean {
  if (
    value === undefined ||
    value === null ||
    value === '' ||
    value === 0 ||
    value === false
  )
    return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.values(value).every(isNothing);
}

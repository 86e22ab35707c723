import { isRecord } from '@callboard/plugin-callboard-common';

/**
 * Fields by which Kubernetes tells the entries of its lists apart, most telling
 * first. The later ones of a set may be missing.
 */
const KEYS: ReadonlyArray<readonly string[]> = [
  ['mountPath'], // volumeMounts: their `name` is that of the volume
  ['containerPort', 'protocol'],
  ['port', 'protocol'],
  ['name'],
  ['key', 'path'], // items of a volume
  ['ip'],
  ['topologyKey'],
];

/** What the API server fills in where it is left out. */
const DEFAULTS: Record<string, string> = { protocol: 'TCP' };

export interface KeyedEntry {
  key: string;
  wanted: unknown;
  found: unknown;
}

/**
 * The wanted entries of a list, each with the live one of the same key.
 *
 * @returns undefined for a list whose entries have no key of their own: there the place counts
 */
export function keyList(
  wanted: unknown[],
  live: unknown[],
): KeyedEntry[] | undefined {
  if (wanted.length === 0 || ![...wanted, ...live].every(isRecord))
    return undefined;
  for (const fields of KEYS) {
    const ours = indexBy(fields, wanted as Entry[]);
    const theirs = indexBy(fields, live as Entry[]);
    if (ours && theirs)
      return [...ours].map(([key, entry]) => ({
        key,
        wanted: entry,
        found: theirs.get(key),
      }));
  }
  return undefined;
}

type Entry = Record<string, unknown>;

/** Undefined unless every entry has the first field and no two have the same key. */
function indexBy(
  fields: readonly string[],
  entries: Entry[],
): Map<string, Entry> | undefined {
  const index = new Map<string, Entry>();
  for (const entry of entries) {
    if (!Object.hasOwn(entry, fields[0])) return undefined;
    const key = fields
      .map(field => String(entry[field] ?? DEFAULTS[field] ?? ''))
      .join('/');
    if (index.has(key)) return undefined;
    index.set(key, entry);
  }
  return index;
}

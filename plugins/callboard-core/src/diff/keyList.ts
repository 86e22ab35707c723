import { isRecord } from '@callboard/plugin-callboard-common';

/**
 * Fields by which Kubernetes identifies the entries of its lists, most specific
 * first. The later ones of a set may be missing.
 */
const KEYS: ReadonlyArray<readonly string[]> = [
  ['mountPath'], // volumeMounts: their `name` is the volume's
  ['containerPort', 'protocol'],
  ['port', 'protocol'],
  ['name'],
  ['key', 'path'], // items of a volume
  ['ip'],
  ['topologyKey'],
];

/** Defaults of the API server. */
const DEFAULTS: Record<string, string> = { protocol: 'TCP' };

export interface KeyedEntry {
  key: string;
  wanted: unknown;
  found: unknown;
}

/**
 * Matches the desired entries of a list with the live ones of the same key.
 *
 * @returns undefined for a list whose entries have no key: there the index
 *   counts
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

/** Undefined unless every entry has the first field and all keys are unique. */
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

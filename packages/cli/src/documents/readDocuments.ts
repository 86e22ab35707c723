import { parseYamlDocuments } from '@callboard/plugin-callboard-common';
import { type Io, UsageError } from '../Io';

export type Document = Record<string, unknown>;

/** What a person feeds to their own command line may be large, but not endless. */
const LIMITS = {
  maxBytes: 256 * 1024 * 1024,
  maxLines: 10_000_000,
  maxDepth: 100,
  maxNodes: 20_000_000,
  maxAliases: 100_000,
  maxDocuments: 100_000,
};

/**
 * All documents of the files, YAML or JSON, lists taken apart (`kind: List`,
 * and lists of one kind such as `ManagedClusterList`).
 *
 * @param tolerant - for what a cluster says: read as its own tools read it
 */
export function readDocuments(
  paths: readonly string[],
  io: Io,
  { tolerant = false }: { tolerant?: boolean } = {},
): Document[] {
  return paths.flatMap(path =>
    parse(io.readText(path), path, tolerant).flatMap(value =>
      flatten(value, path),
    ),
  );
}

function parse(text: string, path: string, tolerant: boolean): unknown[] {
  const json = parseJson(text);
  if (json !== undefined) return [json];
  const documents = parseYamlDocuments(text, {
    file: path,
    limits: LIMITS,
    tolerant,
  });
  if (documents.ok) return documents.value.map(({ value }) => value);
  const { what, why, at } = documents.problem;
  throw new UsageError(
    `${what}: ${why}${at?.line === undefined ? '' : ` (line ${at.line})`}`,
  );
}

/** JSON is read as JSON: YAML's reader would be slower by far on large files. */
function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text) || text.length > LIMITS.maxBytes) return undefined; // what is too large is refused as YAML is
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // YAML in flow style begins alike
  }
}

function flatten(value: unknown, path: string, depth = 0): Document[] {
  if (depth > LIMITS.maxDepth)
    throw new UsageError(`${path}: lists are nested too deeply`);
  if (Array.isArray(value))
    return value.flatMap(item => flatten(item, path, depth + 1));
  if (!isDocument(value))
    throw new UsageError(`${path}: a document is not an object`);
  const { kind, apiVersion, items } = value;
  if (
    typeof kind !== 'string' ||
    !kind.endsWith('List') ||
    !Array.isArray(items)
  )
    return [value];
  if (kind === 'List') return items.flatMap(item => flatten(item, path));
  const defaults = { apiVersion, kind: kind.slice(0, -'List'.length) };
  return items.flatMap(item =>
    flatten(
      isDocument(item) ? { ...defaults, ...item } : item,
      path,
      depth + 1,
    ),
  );
}

export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { parseYamlDocuments } from '@callboard/plugin-callboard-common';
import { type Io, UsageError } from '../Io';
import { type Document, isDocument } from './Document';
import { excerptOf } from './fields';
import { splitJsonTexts } from './splitJsonTexts';

/** A person's own input may be large, but not endless. */
const LIMITS = {
  maxBytes: 256 * 1024 * 1024,
  maxLines: 10_000_000,
  maxDepth: 100,
  maxNodes: 20_000_000,
  maxAliases: 100_000,
  maxDocuments: 100_000,
};

/**
 * Reads all documents of the files, YAML or JSON, and flattens lists (`kind:
 * List`, and lists of one kind such as `ManagedClusterList`).
 *
 * @param tolerant - for output of a cluster: read as its own tools read it
 */
export function readDocuments(
  paths: readonly string[],
  io: Io,
  { tolerant = false }: { tolerant?: boolean } = {},
): Document[] {
  return paths.flatMap(path => {
    const file = path === '-' ? 'standard input' : path;
    return parse(io.readText(path), file, tolerant).flatMap(value =>
      flatten(value, { file, tolerant }),
    );
  });
}

function parse(text: string, file: string, tolerant: boolean): unknown[] {
  const json = parseJson(text);
  if (json !== undefined) return json;
  const documents = parseYamlDocuments(text, {
    file,
    limits: LIMITS,
    tolerant,
  });
  if (documents.ok) return documents.value.map(({ value }) => value);
  const { what, why } = documents.problem;
  throw new UsageError(`${what}: ${why}`);
}

/**
 * JSON is parsed as JSON: the YAML parser is slower by far on large files, and
 * rejects concatenated texts, as `kubectl` and `jq` write them.
 */
function parseJson(text: string): unknown[] | undefined {
  if (!/^\s*[[{]/.test(text) || text.length > LIMITS.maxBytes) return undefined; // too large is refused in the same way as YAML
  try {
    return [JSON.parse(text)];
  } catch {
    return parseJsonSequence(text);
  }
}

function parseJsonSequence(text: string): unknown[] | undefined {
  const texts = splitJsonTexts(text);
  try {
    return texts?.map(one => JSON.parse(one));
  } catch {
    return undefined; // YAML in flow style starts with the same characters
  }
}

interface FlattenOptions {
  file: string;
  tolerant: boolean;
}

function flatten(
  value: unknown,
  options: FlattenOptions,
  depth = 0,
): Document[] {
  const { file, tolerant } = options;
  if (depth > LIMITS.maxDepth)
    throw new UsageError(`${file}: lists are nested too deeply`);
  const inner = (item: unknown) => flatten(item, options, depth + 1);
  if (Array.isArray(value)) return value.flatMap(inner);
  if (!isDocument(value)) {
    if (tolerant && depth > 0) return [{}]; // the other items keep their positions
    throw new UsageError(
      `${file} holds something that is not an object: ${excerptOf(value)}`,
    );
  }
  const { kind, apiVersion, items } = value;
  if (
    typeof kind !== 'string' ||
    !kind.endsWith('List') ||
    !Array.isArray(items)
  )
    return [value];
  if (kind === 'List') return items.flatMap(inner);
  const defaults = { apiVersion, kind: kind.slice(0, -'List'.length) };
  return items.flatMap(item =>
    inner(isDocument(item) ? { ...defaults, ...item } : item),
  );
}

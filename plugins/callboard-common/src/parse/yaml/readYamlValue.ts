import { isRecord } from '../isRecord';
import {
  type Document,
  type Node,
  isAlias,
  isMap,
  isScalar,
  isSeq,
} from 'yaml';
import type { YamlLimits } from './YamlLimits';
import { YamlDate } from './YamlDate';
import {
  type PlainScalar,
  isWrittenWhole,
  resolvePlainScalar,
} from './resolvePlainScalar';

/** Fault of a YAML text, with its position. `yamlProblem.ts` writes the sentence. */
export type YamlFault =
  | { kind: 'too-large'; bytes: number; limit: number }
  | { kind: 'too-many-lines'; limit: number }
  | { kind: 'too-deep'; limit: number; offset: number }
  | { kind: 'too-many-nodes'; limit: number; offset: number }
  | { kind: 'too-many-aliases'; limit: number; offset: number }
  | { kind: 'too-many-documents'; limit: number; offset: number }
  | { kind: 'alias-bomb'; limit: number; offset: number }
  | { kind: 'control-character'; character: string; offset: number }
  | { kind: 'ambiguous-character'; character: string; offset: number }
  | { kind: 'syntax'; code: string; message: string; offset: number }
  | { kind: 'duplicate-key'; key: string; offset: number }
  | { kind: 'key-not-text'; key: string; offset: number }
  | { kind: 'forbidden-key'; key: string; offset: number }
  | { kind: 'custom-tag'; tag: string; offset: number }
  | { kind: 'unknown-anchor'; anchor: string; offset: number }
  | { kind: 'recursive-anchor'; anchor: string; offset: number }
  | { kind: 'merge-not-map'; offset: number }
  | { kind: 'unrepresentable'; text: string; because: string; offset: number };

/** Counts over all documents of one text. */
export interface YamlBudget {
  nodes: number;
  aliases: number;
  /** Characters of scalars, those that aliases repeat counted again. */
  characters: number;
}

export interface ReadYamlOptions {
  limits: YamlLimits;
  /**
   * `text` keeps an unquoted date as its text; `date` returns a {@link
   * YamlDate}, for schemas that refuse it where text is required.
   */
  dates: 'text' | 'date';
  /** Whether duplicate keys and rounded numbers are accepted. */
  tolerant: boolean;
}

type Read = { ok: true; value: unknown } | { ok: false; fault: YamlFault };

const STANDARD_TAGS = new Set([
  '!',
  ...['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map(
    t => `tag:yaml.org,2002:${t}`,
  ),
]);
const PREFIX = 'tag:yaml.org,2002:';
/** Types of tags, as `typeof` names them. `!` has no type. */
const TYPES: Record<string, string> = {
  int: 'number',
  float: 'number',
  bool: 'boolean',
  null: 'object',
};

/**
 * Turns a composed document into plain values, counting everything against the
 * budget while it goes, so that an alias bomb is refused after `maxNodes`
 * values and not after it has been unfolded. Every alias gives a fresh copy.
 */
export function readYamlValue(
  document: Document,
  budget: YamlBudget,
  options: ReadYamlOptions,
): Read {
  const { limits } = options;
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node>();
  const open = new Set<Node>();
  const maxCharacters = 2 * limits.maxBytes;
  let expanding = 0;

  function readNode(node: unknown, depth: number): Read {
    if (node === null || node === undefined) return { ok: true, value: null };
    const at = offsetOf(node);
    budget.nodes += 1;
    if (budget.nodes > limits.maxNodes) {
      return fault({
        kind: expanding > 0 ? 'alias-bomb' : 'too-many-nodes',
        limit: limits.maxNodes,
        offset: at,
      });
    }
    if (depth > limits.maxDepth)
      return fault({ kind: 'too-deep', limit: limits.maxDepth, offset: at });
    if (isAlias(node)) return readAlias(node, depth);

    const { anchor, tag } = node as { anchor?: string; tag?: string };
    if (tag !== undefined && !STANDARD_TAGS.has(tag))
      return fault({ kind: 'custom-tag', tag, offset: at });
    if (anchor !== undefined && expanding === 0)
      anchors.set(anchor, node as Node);

    open.add(node as Node);
    const read = readContent(node, depth);
    open.delete(node as Node);
    return read;
  }

  function readContent(node: unknown, depth: number): Read {
    if (isMap(node)) return readMap(node.items, depth);
    return isSeq(node) ? readList(node.items, depth) : readScalar(node);
  }

  function readAlias(alias: Node & { source: string }, depth: number): Read {
    const offset = offsetOf(alias);
    budget.aliases += 1;
    if (budget.aliases > limits.maxAliases) {
      return fault({
        kind: 'too-many-aliases',
        limit: limits.maxAliases,
        offset,
      });
    }
    const target = targets.get(alias) ?? anchors.get(alias.source);
    if (!target)
      return fault({ kind: 'unknown-anchor', anchor: alias.source, offset });
    if (open.has(target))
      return fault({ kind: 'recursive-anchor', anchor: alias.source, offset });
    targets.set(alias, target);
    expanding += 1;
    const read = readNode(target, depth);
    expanding -= 1;
    return read;
  }

  function readScalar(node: unknown): Read {
    if (!isScalar(node)) return { ok: true, value: null };
    const text = String(node.value ?? '');
    budget.characters += text.length;
    if (budget.characters > maxCharacters) {
      return fault({
        kind: 'alias-bomb',
        limit: maxCharacters,
        offset: offsetOf(node),
      });
    }
    const tag = node.tag?.startsWith(PREFIX)
      ? node.tag.slice(PREFIX.length)
      : undefined;
    const wanted = tag === undefined ? undefined : TYPES[tag];
    if (wanted === undefined && (node.type !== 'PLAIN' || tag !== undefined))
      return { ok: true, value: text };
    const plain = resolvePlainScalar(text, options);
    if (
      wanted !== undefined &&
      !(isOfType(plain, wanted) && (tag !== 'int' || isWrittenWhole(text)))
    )
      return fault({
        kind: 'unrepresentable',
        text,
        because: `it is not what its tag "!!${tag}" says`,
        offset: offsetOf(node),
      });
    switch (plain.kind) {
      case 'value':
        return { ok: true, value: plain.value };
      case 'date':
        return {
          ok: true,
          value:
            options.dates === 'date' ? new YamlDate(plain.text) : plain.text,
        };
      default:
        return fault({
          kind: 'unrepresentable',
          text,
          because: plain.because,
          offset: offsetOf(node),
        });
    }
  }

  function readList(items: unknown[], depth: number): Read {
    const list: unknown[] = [];
    for (const item of items) {
      const read = readNode(item, depth + 1);
      if (!read.ok) return read;
      list.push(read.value);
    }
    return { ok: true, value: list };
  }

  function readMap(
    pairs: Array<{ key: unknown; value: unknown }>,
    depth: number,
  ): Read {
    const own: Record<string, unknown> = {};
    const merged: Record<string, unknown>[] = [];
    const seen = new Set<string>();
    for (const pair of pairs) {
      const key = readKey(pair.key, depth);
      if (!key.ok) return key;
      const { name, merges } = key;
      if (seen.has(name) && !options.tolerant)
        return fault({
          kind: 'duplicate-key',
          key: name,
          offset: offsetOf(pair.key),
        });
      seen.add(name);
      const read = readNode(pair.value, depth + 1);
      if (!read.ok) return read;
      if (!merges) {
        own[name] = read.value;
        continue;
      }
      const isList = Array.isArray(read.value) && !isAlias(pair.value);
      for (const base of isList ? (read.value as unknown[]) : [read.value]) {
        if (!isRecord(base))
          return fault({ kind: 'merge-not-map', offset: offsetOf(pair.key) });
        merged.push(base);
      }
    }
    // The map's own fields take precedence, then the first of the merged maps.
    return { ok: true, value: Object.assign({}, ...merged.reverse(), own) };
  }

  function readKey(
    node: unknown,
    depth: number,
  ):
    | { ok: true; name: string; merges: boolean }
    | { ok: false; fault: YamlFault } {
    const offset = offsetOf(node);
    const key =
      isAlias(node) || isScalar(node) ? readNode(node, depth) : undefined;
    if (key && !key.ok) return key;
    if (typeof key?.value !== 'string') {
      return fault({
        kind: 'key-not-text',
        key: describeKey(node, key?.value),
        offset,
      });
    }
    // An assignment to it would change the prototype of the object instead of adding a field.
    if (key.value === '__proto__')
      return fault({ kind: 'forbidden-key', key: key.value, offset });
    return {
      ok: true,
      name: key.value,
      merges: key.value === '<<' && isScalar(node) && node.type === 'PLAIN',
    };
  }

  return readNode(document.contents, 0);
}

function fault(found: YamlFault): { ok: false; fault: YamlFault } {
  return { ok: false, fault: found };
}

function offsetOf(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[0] ?? 0;
}

function isOfType(plain: PlainScalar, wanted: string): boolean {
  return plain.kind === 'value' && typeof plain.value === wanted;
}

function describeKey(node: unknown, value: unknown): string {
  if (value instanceof YamlDate) return value.text;
  if (value !== undefined) return String(value);
  if (isMap(node)) return 'of a map';
  return isSeq(node) ? 'of a list' : 'of nothing';
}

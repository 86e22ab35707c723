import {
  type Document,
  type Node,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
} from 'yaml';
import type { SourceLocation } from '../../problem';
import { type FieldPath, formatPath } from '../formatPath';

/** One document of a YAML file: its value, and the position of each part in the file. */
export interface YamlDocument {
  /**
   * Plain JSON: objects, arrays, strings, numbers, booleans, null; a {@link
   * YamlDate} only where dates were requested.
   */
  value: unknown;
  /** Returns the position of the field at a path; of a missing field, that of its nearest ancestor. */
  locate(path: FieldPath): SourceLocation;
}

/** Lines and columns of a text; both count from 1. Computed once, as a faulty file needs many. */
export class TextLines {
  readonly #text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  locate(offset: number): { line: number; column: number } {
    this.#starts ??= startsOfLines(this.#text);
    let line = 0;
    let end = this.#starts.length;
    while (end - line > 1) {
      const middle = Math.floor((line + end) / 2);
      if (this.#starts[middle] <= offset) line = middle;
      else end = middle;
    }
    return {
      line: line + 1,
      column: Math.max(1, offset - this.#starts[line] + 1),
    };
  }
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (
    let next = text.indexOf('\n');
    next !== -1;
    next = text.indexOf('\n', next + 1)
  )
    starts.push(next + 1);
  return starts;
}

/** Returns the position of a path in the text; through aliases and merges, where the field is written. */
export function locatePath(
  source: { file: string; lines: TextLines; document: Document },
  path: FieldPath,
): SourceLocation {
  let node: unknown = source.document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const part of path) {
    const entry = findEntry(source.document, node, part);
    if (!entry) break;
    offset = offsetOf(entry.key) ?? offsetOf(entry.value) ?? offset;
    node = entry.value;
  }
  const at = { file: source.file, ...source.lines.locate(offset) };
  return path.length === 0 ? at : { ...at, path: formatPath(path) };
}

function findEntry(
  document: Document,
  holder: unknown,
  part: string | number,
): { key: unknown; value: unknown } | undefined {
  const node = followAlias(document, holder);
  if (isSeq(node)) {
    // Older Score files write maps as lists whose entries have their key in `target`.
    const value =
      typeof part === 'number'
        ? node.items[part]
        : node.items.findLast(
            item => isMap(item) && item.get('target') === part,
          );
    return value === undefined ? undefined : { key: value, value };
  }
  if (!isMap(node)) return undefined;
  const merged: unknown[] = [];
  for (const pair of node.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    if (String(pair.key.value) === String(part))
      return { key: pair.key, value: pair.value };
    if (pair.key.value === '<<') merged.push(pair.value);
  }
  for (const value of merged) {
    const target = followAlias(document, value);
    for (const base of isSeq(target) ? target.items : [target]) {
      const found = findEntry(document, base, part);
      if (found) return found;
    }
  }
  return undefined;
}

function followAlias(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function offsetOf(node: unknown): number | undefined {
  return (node as Node | undefined | null)?.range?.[0];
}

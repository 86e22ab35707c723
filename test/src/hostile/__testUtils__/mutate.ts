import type { Random } from '@callboard/sim';

/** Values that are odd at any place of a document. */
const ODD: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  -0.1,
  2 ** 53,
  '',
  ' ',
  '0',
  '-1',
  '1e400',
  'NaN',
  'null',
  '\u0000',
  '\u202E',
  'x'.repeat(5_000),
  '9'.repeat(500),
  '${metadata.name}',
  '${resources.db.host}',
  '2026-99-99T00:00:00Z',
  '__proto__',
  [],
  [null],
  [[]],
  {},
  { __proto__: null, constructor: { prototype: {} } },
  { a: { b: { c: {} } } },
];

/**
 * A document that is wrong in a few places: values replaced, moved, repeated,
 * left out, keys renamed; then, sometimes, its text as well.
 */
export function mutate(document: unknown, random: Random): string {
  let copy = structuredClone(document);
  for (let count = 1 + below(4, random); count > 0; count -= 1)
    copy = changeOne(copy, random);
  const text = JSON.stringify(copy) ?? '';
  return random.next() < 0.3 ? changeText(text, random) : text;
}

function changeOne(value: unknown, random: Random): unknown {
  const isLeaf = typeof value !== 'object' || value === null;
  const entries = isLeaf ? [] : Object.entries(value as object);
  if (entries.length === 0 || random.next() < 0.08)
    return ODD[below(ODD.length, random)];
  const [key, child] = entries[below(entries.length, random)];
  if (Array.isArray(value)) {
    const copy = [...value];
    const index = Number(key);
    if (random.next() < 0.1) copy.splice(index, 1);
    else if (random.next() < 0.1) copy.push(...Array(50).fill(child));
    else copy[index] = changeOne(child, random);
    return copy;
  }
  const copy: Record<string, unknown> = { ...(value as object) };
  if (random.next() < 0.08) delete copy[key];
  else if (random.next() < 0.08) {
    const other = entries[below(entries.length, random)];
    copy[key] = other[1];
  } else if (random.next() < 0.06) {
    delete copy[key];
    Object.defineProperty(copy, String(ODD[7 + below(12, random)]), {
      value: child,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else copy[key] = changeOne(child, random);
  return copy;
}

function changeText(text: string, random: Random): string {
  const at = below(text.length + 1, random);
  const to = Math.min(text.length, at + below(40, random));
  switch (below(5, random)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(at, to).repeat(20) + text.slice(to);
    case 3:
      return `${text.slice(0, at)}${
        '{[}],:"\'&*!|>%@`#\n\t\0'[below(20, random)]
      }${text.slice(at)}`;
    default:
      return `${text}\n---\n${text.slice(at)}`;
  }
}

function below(count: number, random: Random): number {
  return Math.floor(random.next() * count);
}

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
function mutate(document: unknown, random: Random): string {
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

/** Bytes that are odd in most formats. */
const ODD_BYTES = [0x00, 0x0a, 0x0d, 0x20, 0x22, 0x2e, 0x2f, 0x7f, 0x80, 0xff];

/** An input that is a little wrong: of a document its parts, of a text or bytes these. */
export function mutateSeed(
  seed: object | string | Uint8Array,
  random: Random,
): Uint8Array {
  if (seed instanceof Uint8Array) return mutateBytes(seed, random);
  if (typeof seed !== 'string') return Buffer.from(mutate(seed, random));
  return random.next() < 0.5
    ? mutateBytes(Buffer.from(seed), random)
    : Buffer.from(changeText(seed, random));
}

/** Bytes that are changed in a few places. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let copy = Buffer.from(bytes);
  for (let count = 1 + below(4, random); count > 0; count -= 1)
    copy = changeBytes(copy, random);
  return copy;
}

function changeBytes(bytes: Buffer, random: Random): Buffer {
  const at = below(bytes.length + 1, random);
  const to = Math.min(bytes.length, at + 1 + below(16, random));
  const place = Math.min(at, Math.max(0, bytes.length - 1));
  switch (below(7, random)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 2:
      return Buffer.concat([
        bytes.subarray(0, to),
        ...Array<Buffer>(1 + below(40, random)).fill(bytes.subarray(at, to)),
        bytes.subarray(to),
      ]);
    case 3:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from([ODD_BYTES[below(ODD_BYTES.length, random)]]),
        bytes.subarray(at),
      ]);
    case 4: {
      const from = below(bytes.length + 1, random);
      return Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(from, from + below(64, random)),
        bytes.subarray(at),
      ]);
    }
    default: {
      if (bytes.length === 0) return bytes;
      const changed = Buffer.from(bytes);
      changed[place] =
        random.next() < 0.5
          ? below(256, random)
          : ODD_BYTES[below(ODD_BYTES.length, random)];
      return changed;
    }
  }
}

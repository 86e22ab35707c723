/** Seeded randomness: the same seed gives the same names, addresses and outcomes. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** `length` characters of the alphabet that Kubernetes uses for generated names. */
  suffix(length: number): string;
  uuid(): string;
}

const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'; // source: apimachinery util/rand, no vowels and no look-alikes

/** Mulberry32. Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed % 4294967296;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0; // eslint-disable-line no-bitwise
    let t = Math.imul(state ^ (state >>> 15), 1 | state); // eslint-disable-line no-bitwise
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; // eslint-disable-line no-bitwise
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296; // eslint-disable-line no-bitwise
  };
  const pick = (alphabet: string, length: number) =>
    Array.from(
      { length },
      () => alphabet[Math.floor(next() * alphabet.length)],
    ).join('');
  return {
    next,
    suffix: length => pick(NAME_ALPHABET, length),
    uuid: () => {
      const hex = pick('0123456789abcdef', 30);
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(
        12,
        15,
      )}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
    },
  };
}

/** Returns a hash of a text, as a seed. FNV-1a. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193); // eslint-disable-line no-bitwise
  }
  return hash >>> 0; // eslint-disable-line no-bitwise
}

/** A set of cluster indexes, 32 to a word. */
export type Bits = Uint32Array;

export function makeBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
}

export function hasBit(bits: Bits, index: number): boolean {
  return (bits[index >>> 5] & (1 << (index & 31))) !== 0;
}

/** Sets or clears one; answers whether that changed anything. */
export function putBit(bits: Bits, index: number, value: boolean): boolean {
  if (hasBit(bits, index) === value) return false;
  bits[index >>> 5] ^= 1 << (index & 31);
  return true;
}

export function intersects(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word += 1)
    if ((a[word] & b[word]) !== 0) return true;
  return false;
}

/** Indexes in the set, ascending. */
export function listBits(bits: Bits): number[] {
  const indexes: number[] = [];
  for (let word = 0; word < bits.length; word += 1) {
    for (let rest = bits[word]; rest !== 0; rest &= rest - 1) {
      indexes.push(word * 32 + 31 - Math.clz32(rest & -rest));
    }
  }
  return indexes;
}

import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

const ALGORITHM = 'aes-128-ecb'; // of a single block: a keyed permutation, so no two sequences look alike
const HEX_OF_BLOCK = /^[0-9a-f]{32}$/;

/** Opaque texts for positions in the journal: they reveal neither a position nor the number of entries between two. */
export class SequenceCipher {
  readonly #key: Buffer;

  /** @param secret - the same for all processes of a portal, and after a restart */
  constructor(secret: string) {
    this.#key = Buffer.from(
      hkdfSync('sha256', secret, '', 'callboard journal positions', 16),
    );
  }

  /** Returns 32 hexadecimal characters, always the same for one sequence. */
  seal(sequence: number): string {
    const block = Buffer.alloc(16);
    block.writeBigUInt64BE(BigInt(sequence), 8);
    const cipher = createCipheriv(ALGORITHM, this.#key, null);
    return cipher.setAutoPadding(false).update(block).toString('hex');
  }

  /** Returns undefined for a text that was not sealed here. */
  open(text: string): number | undefined {
    if (!HEX_OF_BLOCK.test(text)) return undefined;
    const decipher = createDecipheriv(ALGORITHM, this.#key, null);
    const block = decipher.setAutoPadding(false).update(text, 'hex');
    return block.readBigUInt64BE(0) === 0n
      ? Number(block.readBigUInt64BE(8))
      : undefined;
  }
}

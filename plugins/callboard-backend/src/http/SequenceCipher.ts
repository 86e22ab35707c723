import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

const ALGORITHM = 'aes-128-ecb'; // of a single block: a keyed permutation, no two sequences look alike
const HEX_OF_BLOCK = /^[0-9a-f]{32}$/;

/**
 * Texts that stand for positions in the journal and tell neither where they are
 * nor how many lie between two of them.
 */
export class SequenceCipher {
  readonly #key: Buffer;

  /** @param secret - the same for all processes of a portal, and after a restart */
  constructor(secret: string) {
    this.#key = Buffer.from(
      hkdfSync('sha256', secret, '', 'callboard journal positions', 16),
    );
  }

  /** 32 hexadecimal characters, the same each time. */
  seal(sequence: number): string {
    const block = Buffer.alloc(16);
    block.writeBigUInt64BE(BigInt(sequence), 8);
    const cipher = createCipheriv(ALGORITHM, this.#key, null);
    return cipher.setAutoPadding(false).update(block).toString('hex');
  }

  /** Undefined for a text that was not sealed here. */
  open(text: string): number | undefined {
    if (!HEX_OF_BLOCK.test(text)) return undefined;
    const decipher = createDecipheriv(ALGORITHM, this.#key, null);
    const block = decipher.setAutoPadding(false).update(text, 'hex');
    return block.readBigUInt64BE(0) === 0n
      ? Number(block.readBigUInt64BE(8))
      : undefined;
  }
}

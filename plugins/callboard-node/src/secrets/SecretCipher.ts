import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
} from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12; // 96 bits, for GCM (NIST SP 800-38D, 8.2)
const TAG_BYTES = 16;

/** A text encrypted with a key of the portal. */
export interface SealedText {
  /** Identifies the key without revealing it. */
  keyId: string;
  /** Nonce, tag and text, in Base64. */
  sealed: string;
}

/**
 * Encrypts texts with the first of its keys and decrypts those of any of them
 * (AES-256-GCM). A text is bound to its context and cannot be decrypted in
 * another one.
 */
export class SecretCipher {
  readonly #keys: ReadonlyMap<string, Buffer>;
  /** Id of the key that encrypts. */
  readonly keyId: string;

  /** @param keys - 32 bytes each, the encrypting one first; at least one */
  constructor(keys: readonly Buffer[]) {
    const [first] = keys;
    if (!first || keys.some(key => key.length !== KEY_BYTES))
      throw new Error(`A key for secrets has ${KEY_BYTES} bytes`);
    this.#keys = new Map(keys.map(key => [idOf(key), key]));
    this.keyId = idOf(first);
  }

  /** @param belongsTo - the context, required again to decrypt */
  seal(text: string, belongsTo: string): SealedText {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key(this.keyId), nonce);
    cipher.setAAD(Buffer.from(belongsTo));
    const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const sealed = Buffer.concat([nonce, cipher.getAuthTag(), bytes]);
    return { keyId: this.keyId, sealed: sealed.toString('base64') };
  }

  /** Whether this cipher has the key of the text. */
  canOpen({ keyId }: Pick<SealedText, 'keyId'>): boolean {
    return this.#keys.has(keyId);
  }

  /** Returns the text; throws where the key is missing or anything was changed. */
  open({ keyId, sealed }: SealedText, belongsTo: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv(
      ALGORITHM,
      this.#key(keyId),
      bytes.subarray(0, NONCE_BYTES),
      { authTagLength: TAG_BYTES },
    );
    decipher.setAAD(Buffer.from(belongsTo));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]).toString('utf8');
  }

  #key(id: string): Buffer {
    const key = this.#keys.get(id);
    if (!key) throw new Error(`There is no key "${id}" for secrets`);
    return key;
  }
}

function idOf(key: Buffer): string {
  return createHash('sha256')
    .update('callboard key of secrets\n')
    .update(key)
    .digest('hex')
    .slice(0, 16);
}

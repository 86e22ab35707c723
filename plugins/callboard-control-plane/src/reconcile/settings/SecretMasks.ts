/** Removes known secrets from a text, or from all texts in a value. */
export type SecretMask = <T>(value: T) => T;

/** A mask, and the number of characters it holds. */
export interface SizedMask {
  mask: SecretMask;
  size: number;
}

interface Known {
  version: string;
  prepared: Promise<SecretMask>;
  size: number;
}

const MOST_CHARACTERS = 16_000_000; // in all forms; a hundred passwords of 40 characters have some 20,000

/**
 * Caches masks for the secrets of apps, each prepared once for as long as the
 * secrets are the same: the largest ones take seconds. The least recently used
 * are dropped first.
 */
export class SecretMasks {
  readonly #known = new Map<string, Known>();
  readonly #mostCharacters: number;

  constructor(mostCharacters = MOST_CHARACTERS) {
    this.#mostCharacters = mostCharacters;
  }

  /**
   * @param version - of the secrets of the app; it is the same for the same
   *   secrets
   */
  get(
    app: string,
    version: string,
    prepare: () => Promise<SizedMask>,
  ): Promise<SecretMask> {
    const known = this.#known.get(app);
    this.#known.delete(app);
    const current =
      known?.version === version
        ? known
        : { version, size: 0, prepared: this.#prepare(app, version, prepare) };
    this.#known.set(app, current);
    return current.prepared;
  }

  async #prepare(
    app: string,
    version: string,
    prepare: () => Promise<SizedMask>,
  ): Promise<SecretMask> {
    const isKept = () => this.#known.get(app)?.version === version;
    try {
      const { mask, size } = await prepare();
      const known = this.#known.get(app);
      if (known && isKept()) known.size = size;
      this.#forgetBeyond();
      return mask;
    } catch (error) {
      if (isKept()) this.#known.delete(app);
      throw error;
    }
  }

  /** Keeps the last used one whatever its size: it would otherwise be prepared for every use. */
  #forgetBeyond(): void {
    let sum = 0;
    for (const { size } of this.#known.values()) sum += size;
    for (const [app, { size }] of this.#known) {
      if (sum <= this.#mostCharacters || this.#known.size === 1) return;
      sum -= size;
      this.#known.delete(app);
    }
  }
}

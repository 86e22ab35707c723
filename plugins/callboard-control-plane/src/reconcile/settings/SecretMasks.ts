/** Takes known secrets out of a text, or out of all words in a value. */
export type SecretMask = <T>(value: T) => T;

/** A mask, and how many characters it holds. */
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
 * What hides the secrets of apps, prepared once for as long as those are the
 * same: for the largest that is work of seconds. Used last, kept longest.
 */
export class SecretMasks {
  readonly #known = new Map<string, Known>();
  readonly #mostCharacters: number;

  constructor(mostCharacters = MOST_CHARACTERS) {
    this.#mostCharacters = mostCharacters;
  }

  /** @param version - of the secrets of the app; the same ones have the same */
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

  /** The one used last stays whatever its size: it would be prepared for every look. */
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

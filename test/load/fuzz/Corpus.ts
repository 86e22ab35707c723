import type { Random } from '@callboard/sim';
import {
  mutateBytes,
  mutateSeed,
} from '../../src/hostile/__testUtils__/mutate';
import {
  type Reader,
  type Seed,
  bytesOf,
} from '../../src/hostile/__testUtils__/readers';

const MOST_KEPT = 400; // of one reader
const MOST_BYTES = 64 * 1024;
const SWOLLEN = 1 / 400; // of inputs, as long as a limit lets them be
const MOST_SWOLLEN_BYTES = 1_000_000;

/** What one reader is given: what it is shown by people, and each input that reached code that none before had. */
export class Corpus {
  readonly #kept: Seed[];
  readonly #random: Random;

  constructor({ seeds }: Reader, random: Random) {
    this.#kept = seeds.length > 0 ? [...seeds] : [''];
    this.#random = random;
  }

  get size(): number {
    return this.#kept.length;
  }

  /** What was there from the start, once each, then one that is changed. */
  next(round: number): Uint8Array {
    if (round < this.#kept.length && round < 200)
      return bytesOf(this.#kept[round]);
    const seed = this.#pick();
    let bytes =
      this.#random.next() < 0.75
        ? mutateSeed(seed, this.#random)
        : mutateBytes(bytesOf(seed), this.#random);
    if (this.#random.next() < 0.15) bytes = this.#splice(bytes);
    if (this.#random.next() < SWOLLEN) return this.#swell(bytes);
    return bytes.subarray(0, MOST_BYTES);
  }

  /** An input that reached something new. One that is JSON is changed part by part from then on. */
  keep(bytes: Uint8Array): void {
    if (this.#kept.length >= MOST_KEPT) return;
    let value: unknown;
    try {
      value = JSON.parse(Buffer.from(bytes).toString('utf8'));
    } catch {
      value = undefined;
    }
    this.#kept.push(
      typeof value === 'object' && value !== null ? value : bytes,
    );
  }

  #pick(): Seed {
    const { length } = this.#kept;
    const ofNewest = this.#random.next() < 0.3 ? Math.min(length, 20) : length;
    return this.#kept[length - 1 - Math.floor(this.#random.next() * ofNewest)];
  }

  #splice(bytes: Uint8Array): Uint8Array {
    const other = bytesOf(this.#pick());
    const at = Math.floor(this.#random.next() * bytes.byteLength);
    const from = Math.floor(this.#random.next() * other.byteLength);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(from)]);
  }

  /** One of its parts again and again. */
  #swell(bytes: Uint8Array): Uint8Array {
    const at = Math.floor(this.#random.next() * bytes.byteLength);
    const part = bytes.subarray(
      at,
      at + 1 + Math.floor(this.#random.next() * 40),
    );
    if (part.byteLength === 0) return bytes;
    const most = Math.floor(this.#random.next() * MOST_SWOLLEN_BYTES);
    const times = Math.floor(most / part.byteLength);
    return Buffer.concat([
      bytes.subarray(0, at),
      ...Array<Uint8Array>(times).fill(part),
      bytes.subarray(at),
    ]);
  }
}

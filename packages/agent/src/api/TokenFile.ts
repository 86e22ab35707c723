import { monotonicMs } from '@callboard/tunnel';
import { fileCalls } from '../files/fileCalls';

const FRESH_MS = 10_000; // renewed long before the old one ends

/** A token that is renewed in its file under a running process. Not read for every request: that costs as much as a small answer. */
export class TokenFile {
  readonly #file: string;
  readonly #nowMs: () => number;
  #token: Promise<string> | undefined;
  #readAtMs = 0;

  /** @param nowMs milliseconds of a clock that never goes back */
  constructor(file: string, nowMs: () => number = monotonicMs) {
    this.#file = file;
    this.#nowMs = nowMs;
  }

  /** As the file had it at most 10 s ago; throws when it cannot be read, and tries again the next time. */
  read(): Promise<string> {
    const nowMs = this.#nowMs();
    if (this.#token === undefined || nowMs - this.#readAtMs >= FRESH_MS) {
      this.#readAtMs = nowMs;
      this.#token = this.#readFile();
    }
    return this.#token;
  }

  async #readFile(): Promise<string> {
    try {
      return (await fileCalls.readFile(this.#file, 'utf8')).trim();
    } catch (error) {
      this.#token = undefined;
      throw error;
    }
  }
}

import { monotonicMs } from '@callboard/tunnel';
import { fileCalls } from '../files/fileCalls';

const FRESH_MS = 10_000; // tokens are rotated long before the old one expires

/**
 * A token in a file that is rotated while the process runs. Not read for every
 * request: reading costs as much as a small response.
 */
export class TokenFile {
  readonly #file: string;
  readonly #nowMs: () => number;
  #token: Promise<string> | undefined;
  #readAtMs = 0;

  /**
   * @param nowMs milliseconds of a monotonic clock
   */
  constructor(file: string, nowMs: () => number = monotonicMs) {
    this.#file = file;
    this.#nowMs = nowMs;
  }

  /**
   * The token as it was in the file at most 10 s ago; throws when the file
   * cannot be read, and retries at the next call.
   */
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

import { dirname } from 'node:path';
import { fileCalls } from '../files/fileCalls';
import { replaceFile } from '../state/replaceFile';
import type { KeyStore } from './KeyStore';

const { chmod, mkdir, readFile } = fileCalls;
const ONLY_MINE = 0o600;

/**
 * Keeps the key in a file that only its owner can read. Written to a new file
 * and renamed: a kill leaves the old key or the new one.
 */
export class FileKeyStore implements KeyStore {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<string | undefined> {
    try {
      const text = await readFile(this.#file, 'utf8');
      await chmod(this.#file, ONLY_MINE);
      return text;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async write(privateKey: string): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    await replaceFile(this.#file, privateKey, ONLY_MINE);
  }
}

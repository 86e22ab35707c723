import { join } from 'node:path';
import { fileCalls } from '../files/fileCalls';
import { replaceFile } from './replaceFile';
import { STATE_PARTS, type StatePart, type StateStore } from './StateStore';

const { chmod, mkdir, readFile } = fileCalls;
const ONLY_MINE = 0o600; // desired objects include Secrets
const MY_FOLDER = 0o700;

/** Keeps state in a folder that only its owner can read, one file per part. */
export class FileStateStore implements StateStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(): Promise<Map<StatePart, Uint8Array>> {
    const parts = new Map<StatePart, Uint8Array>();
    for (const part of STATE_PARTS) {
      const file = this.#fileOf(part);
      try {
        parts.set(part, await readFile(file));
        await chmod(file, ONLY_MINE);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
    return parts;
  }

  async write(part: StatePart, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: MY_FOLDER });
    await replaceFile(this.#fileOf(part), bytes, ONLY_MINE);
  }

  #fileOf(part: StatePart): string {
    return join(this.#folder, `${part}.gz`);
  }
}

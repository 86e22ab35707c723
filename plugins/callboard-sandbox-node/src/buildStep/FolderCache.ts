import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Result, ok } from '@callboard/plugin-callboard-common';
import { measureFolder } from '../watchLimits';

const MOST_BYTES = 4 * 1024 ** 3;
const IN_USE_MS = 60 * 60_000; // builds are shorter: a folder used since then may be in use

/**
 * Folders by a key of their inputs, for later builds with the same inputs. Any
 * of them may be removed between two builds; it is made again then.
 */
export class FolderCache {
  readonly #folder: string;
  readonly #newId: () => string;
  readonly #clock: { now(): Date };
  readonly #mostBytes: number;

  constructor(options: {
    folder: string;
    newId: () => string;
    clock: { now(): Date };
    mostBytes?: number;
  }) {
    this.#folder = options.folder;
    this.#newId = options.newId;
    this.#clock = options.clock;
    this.#mostBytes = options.mostBytes ?? MOST_BYTES;
  }

  /**
   * Returns the folder of a key, and makes it if it does not exist.
   *
   * @param key - letters and digits
   * @param make - fills an empty folder; the folder is removed if it fails
   */
  async find(
    key: string,
    make: (folder: string) => Promise<Result<void>>,
  ): Promise<Result<string>> {
    const folder = join(this.#folder, key);
    const now = this.#clock.now();
    if (await isThere(folder)) {
      await utimes(folder, now, now);
      return ok(folder);
    }
    const aside = join(this.#folder, `.incoming-${this.#newId()}`);
    await mkdir(aside, { recursive: true, mode: 0o700 });
    try {
      const made = await make(aside);
      if (!made.ok) return made;
      await utimes(aside, now, now);
      // Another build may have made it first: its result is equivalent.
      await rename(aside, folder).catch(async error => {
        if (!(await isThere(folder))) throw error;
      });
      return ok(folder);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  }

  /** Removes the least recently used folders until the rest fits. */
  async prune(): Promise<void> {
    const now = this.#clock.now().getTime();
    const names = await readdir(this.#folder).catch(() => []);
    const found = await Promise.all(
      names.map(async name => {
        const path = join(this.#folder, name);
        const at = await stat(path).catch(() => undefined);
        return { path, at: at?.mtimeMs ?? 0 };
      }),
    );
    let kept = 0;
    for (const { path, at } of found.sort((a, b) => b.at - a.at)) {
      kept += await measureFolder(path);
      if (kept > this.#mostBytes && now - at >= IN_USE_MS)
        await rm(path, { recursive: true, force: true });
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

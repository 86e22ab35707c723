import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Result, ok } from '@callboard/plugin-callboard-common';
import { measureFolder } from '../watchLimits';

const MOST_BYTES = 4 * 1024 ** 3;
const IN_USE_MS = 60 * 60_000; // no build takes longer: what was used since then may be in use

/**
 * Folders by what they were made of, for builds that need the same again. Any of
 * them may vanish between two builds; then it is made again.
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
   * The folder of a key, made where it is not there.
   *
   * @param key - letters and digits
   * @param make - fills an empty folder; what it fails at is not kept
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
      // Another build may have been faster: what it made is as good.
      await rename(aside, folder).catch(async error => {
        if (!(await isThere(folder))) throw error;
      });
      return ok(folder);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  }

  /** Removes what was not used for longest until the rest fits. */
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

import { randomUUID } from 'node:crypto';
import {
  copyFile,
  link,
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GitRepositories } from '../GitRepositories';
import type { Quarantine } from '../Quarantine';

const NAME = /^incoming-fetch-[0-9a-f-]{36}$/; // `incoming-` as git names a push's folder: the same sweep removes it
const FETCHED = 'refs/callboard/fetched';
const COMMIT = /^[0-9a-f]{40}$/;
const LOCK_STALE_MS = 60_000; // it is held for milliseconds
const LOCK_TRIES = 20;
const LOCK_WAIT_MS = 50;

/**
 * Folder of objects that were fetched from another host, until they are judged:
 * inside the app's repository, as git has for a push (`git help receive-pack`,
 * Quarantine Environment). Readers of the app and pushes to it do not see it.
 *
 * ```
 * <app>.git/objects/incoming-fetch-<id>/   a git folder and its objects at once
 *   HEAD, refs/callboard/fetched           the fetched commit
 *   shallow                                commits without their parents
 *   pack/                                  one pack
 * ```
 *
 * Removing the folder at any time removes all of it: nothing outside refers to
 * it.
 */
export class FetchQuarantine implements Quarantine {
  readonly objectDirectory: string;
  /** Git folder that has the fetched commit, under {@link ref}. */
  readonly gitDir: string;
  readonly ref = FETCHED;
  readonly shallowFile: string;
  readonly #repository: string;

  static async open(
    app: string,
    repositories: GitRepositories,
  ): Promise<FetchQuarantine> {
    const repository = repositories.pathOf(app);
    const folder = join(
      repository,
      'objects',
      `incoming-fetch-${randomUUID()}`,
    );
    await mkdir(join(folder, 'pack'), { recursive: true });
    await mkdir(join(folder, 'refs'));
    await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/main\n');
    const quarantine = new FetchQuarantine(repository, folder);
    await copyFile(join(repository, 'shallow'), quarantine.shallowFile).catch(
      ignoreMissing,
    );
    return quarantine;
  }

  private constructor(repository: string, folder: string) {
    this.#repository = repository;
    this.objectDirectory = folder;
    this.gitDir = folder;
    this.shallowFile = join(folder, 'shallow');
  }

  /** Environment of a git process that works in it and reads the app's objects. */
  get environment(): Record<string, string> {
    return {
      GIT_DIR: this.gitDir,
      GIT_OBJECT_DIRECTORY: this.objectDirectory,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: join(this.#repository, 'objects'),
    };
  }

  /** Bytes of packs, including one that is being received. */
  async measure(): Promise<number> {
    const folder = join(this.objectDirectory, 'pack');
    const sizes = await Promise.all(
      (
        await readdir(folder).catch(() => [])
      ).map(name =>
        stat(join(folder, name)).then(
          ({ size }) => size,
          () => 0, // it was renamed meanwhile
        ),
      ),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /**
   * Adds its objects to the repository, synced to disk, so that a branch may
   * refer to them. Safe to repeat.
   *
   * @param whole - commits whose parents the repository has: they are not
   *   marked as shallow
   */
  async keep(whole: readonly string[] = []): Promise<void> {
    const objects = join(this.#repository, 'objects');
    for (const name of await readdir(this.objectDirectory)) {
      if (!/^([0-9a-f]{2}|pack)$/.test(name)) continue;
      const from = join(this.objectDirectory, name);
      const to = join(objects, name);
      await mkdir(to, { recursive: true });
      const files = (await readdir(from)).filter(isObjectFile);
      // Git reads a pack as soon as its index exists.
      files.sort((a, b) => Number(isIndex(a)) - Number(isIndex(b)));
      for (const file of files)
        await link(join(from, file), join(to, file)).catch(ignoreExisting);
      await flush(to);
    }
    await this.#keepShallow(whole);
    await flush(objects);
  }

  /** Removes the folder. Objects that {@link keep} added to the repository stay there. */
  async remove(): Promise<void> {
    await rm(this.objectDirectory, { recursive: true, force: true });
  }

  /** Adds the commits without parents to the repository's own list. */
  async #keepShallow(whole: readonly string[]): Promise<void> {
    const file = join(this.#repository, 'shallow');
    const fetched = (await readLines(this.shallowFile)).filter(
      commit => !whole.includes(commit),
    );
    const known = new Set(await readLines(file));
    if (fetched.every(commit => known.has(commit))) return;
    const draft = await lock(`${file}.lock`);
    try {
      const all = new Set([...(await readLines(file)), ...fetched]);
      await writeFile(draft, [...all].sort().join('\n').concat('\n'), {
        flush: true,
      });
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    await flush(this.#repository);
  }
}

/**
 * Removes the folders that killed fetches left in an app's repository.
 *
 * @param before - a fetch that began later may be in progress, here or in
 *   another process
 * @returns number of removed folders
 */
export async function removeFetched(
  app: string,
  repositories: GitRepositories,
  before: Date,
): Promise<number> {
  const objects = join(repositories.pathOf(app), 'objects');
  let removed = 0;
  for (const name of await readdir(objects).catch(() => [])) {
    if (!NAME.test(name)) continue;
    const began = await stat(join(objects, name, 'HEAD')).catch(() =>
      stat(join(objects, name)).catch(() => undefined),
    );
    if (!began || began.mtimeMs >= before.getTime()) continue;
    await rm(join(objects, name), { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}

/** Objects, packs and their indexes; no file that is still being written. */
function isObjectFile(name: string): boolean {
  return /^([0-9a-f]{38}|pack-[0-9a-f]{40}\.(pack|rev|idx))$/.test(name);
}

function isIndex(name: string): boolean {
  return name.endsWith('.idx');
}

async function readLines(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(ignoreMissing);
  return (text ?? '').split('\n').filter(line => COMMIT.test(line));
}

/** Takes git's own lock of a file, which holds its next content. A lock of a killed process is taken over. */
async function lock(path: string): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    try {
      await (await open(path, 'wx')).close();
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (tries >= LOCK_TRIES) throw error;
      const held = await stat(path).catch(() => undefined);
      if (held && Date.now() - held.mtimeMs > LOCK_STALE_MS)
        await rm(path, { force: true });
      else await sleep(LOCK_WAIT_MS);
    }
  }
}

/** A new name in a folder is durable only after the folder is synced. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

import {
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseJsonInTurns, writeJson } from '@callboard/plugin-callboard-node';
import type { InstalledPackage } from '../evidence/listPackages';
import type { Layer } from '../layers/packLayer';

/** Installed dependencies as a layer, with a description of the install. */
export interface DependencyLayer {
  layer: Layer;
  packages: InstalledPackage[];
  manager: string;
  /** The pushed lockfile, else the one that the install created. */
  lockfile: { path: string; digest: string; isPushed: boolean };
}

/** Limits of the notes about layers, which this program wrote. */
const NOTE_LIMITS = {
  depth: 10,
  valueBytes: 1024 * 1024,
  valueParts: 100_000,
  listItems: 500_000,
};
const MOST_BYTES = 4 * 1024 ** 3;
const IN_USE_MS = 60 * 60_000; // builds are shorter: a file used since then may be in use

/**
 * Layers that later builds may reuse: dependencies, and base layers that are
 * copied to another registry. Any of them may be removed between two builds; it
 * is built again then.
 */
export class LayerCache {
  readonly folder: string;
  readonly #mostBytes: number;

  constructor(folder: string, { mostBytes = MOST_BYTES } = {}) {
    this.folder = folder;
    this.#mostBytes = mostBytes;
  }

  /** Returns the layer of an earlier build with the same key, if its file is still there. */
  async findDependencies(
    key: string,
    now: Date,
  ): Promise<DependencyLayer | undefined> {
    try {
      const known = await readNote<DependencyLayer>(this.#noteOf(key));
      if (known === undefined) return undefined;
      const { size } = await stat(known.layer.file);
      if (size !== known.layer.descriptor.size) return undefined;
      await utimes(known.layer.file, now, now);
      await utimes(this.#noteOf(key), now, now);
      return known;
    } catch {
      return undefined;
    }
  }

  async keepDependencies(key: string, layer: DependencyLayer): Promise<void> {
    const id = layer.layer.descriptor.digest.slice(-8);
    await writeNote(this.#noteOf(key), layer, id);
  }

  /** Removes the least recently used files until the rest fits. */
  async prune(now: Date): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    const files = await Promise.all(
      names.map(async name => {
        const path = join(this.folder, name);
        const found = await stat(path).catch(() => undefined);
        return { path, size: found?.size ?? 0, at: found?.mtimeMs ?? 0 };
      }),
    );
    let kept = 0;
    for (const { path, size, at } of files.sort((a, b) => b.at - a.at)) {
      kept += size;
      const isInUse = now.getTime() - at < IN_USE_MS;
      if (kept > this.#mostBytes && !isInUse) await rm(path, { force: true });
    }
  }

  #noteOf(key: string): string {
    return join(this.folder, `dependencies-${key.replace('sha256:', '')}.json`);
  }
}

/** Reads a note of `writeNote`; undefined when there is none. */
export async function readNote<T extends object>(
  note: string,
): Promise<T | undefined> {
  const bytes = await readFile(note).catch(() => undefined);
  if (bytes === undefined) return undefined;
  return (await parseJsonInTurns(bytes, NOTE_LIMITS)) as T | undefined;
}

/** Writes to a new file and renames it: a killed process leaves no partial note. */
export async function writeNote(
  note: string,
  value: object,
  id: string,
): Promise<void> {
  await mkdir(dirname(note), { recursive: true });
  const aside = `${note}.${id}.new`;
  await writeFile(aside, writeJson(value));
  await rename(aside, note);
}

import { mkdirSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MountedClaim, VolumeHost } from '@callboard/sim';

/** A folder of a claim, in use. */
export interface UsedVolume {
  path: string;
  free: Promise<void>;
  release(): void;
}

/**
 * Data of the claims of simulated clusters: a folder for each claim, below its
 * cluster, namespace and name. It is removed after its claim, as soon as no run
 * uses it.
 */
export class VolumeFolders implements VolumeHost {
  readonly #folder: string;
  readonly #onError: (error: Error) => void;
  /** By folder: how many runs use it or wait for it, and when the last of them is done. */
  readonly #inUse = new Map<string, { users: number; free: Promise<void> }>();
  readonly #toRemove = new Set<string>();

  constructor(options: { folder: string; onError(error: Error): void }) {
    this.#folder = options.folder;
    this.#onError = options.onError;
  }

  /**
   * Returns the folder of a claim, which exists at least until it is released.
   * One run at a time uses it: `free` resolves when all earlier ones have
   * released it.
   */
  use({ cluster, namespace, name, uid }: MountedClaim): UsedVolume {
    const path = join(this.#folder, cluster, namespace, name, uid);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const before = this.#inUse.get(path);
    let markReleased = () => {};
    const released = new Promise<void>(resolve => {
      markReleased = resolve;
    });
    const free = before?.free ?? Promise.resolve();
    this.#inUse.set(path, {
      users: (before?.users ?? 0) + 1,
      free: free.then(() => released),
    });
    let isReleased = false;
    return {
      path,
      free,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        markReleased();
        const use = this.#inUse.get(path);
        if (use && use.users > 1) use.users -= 1;
        else this.#end(path);
      },
    };
  }

  keep(claim: Parameters<VolumeHost['keep']>[0]): void {
    const { cluster, namespace, name, uid } = claim;
    const claims = join(this.#folder, cluster, namespace, name);
    this.#removeOthers(claims, new Set([uid])).catch(this.#onError);
  }

  /** Removes the data of claims that were deleted while the playground was stopped. */
  async retain(cluster: string, uids: ReadonlySet<string>): Promise<void> {
    const namespaces = join(this.#folder, cluster);
    for (const namespace of await listFolder(namespaces))
      for (const name of await listFolder(join(namespaces, namespace)))
        await this.#removeOthers(join(namespaces, namespace, name), uids);
  }

  async #removeOthers(
    claims: string,
    uids: ReadonlySet<string | undefined>,
  ): Promise<void> {
    for (const uid of await listFolder(claims)) {
      const path = join(claims, uid);
      if (uids.has(uid)) continue;
      if (this.#inUse.has(path)) this.#toRemove.add(path);
      else await removeFolder(path);
    }
  }

  #end(path: string): void {
    this.#inUse.delete(path);
    if (this.#toRemove.delete(path)) removeFolder(path).catch(this.#onError);
  }
}

async function listFolder(path: string): Promise<string[]> {
  return readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

/** Removes the folder, and those of its name and namespace when they are empty. */
async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await rmdir(dirname(path))
    .then(() => rmdir(dirname(dirname(path))))
    .catch(() => undefined);
}

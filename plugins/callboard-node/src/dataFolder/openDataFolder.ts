import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FolderLock } from './FolderLock';

/** The data folder of this process, locked while it is open. */
export interface DataFolder {
  readonly path: string;
  /** Whether no other process can use the folder: always true with an embedded database. */
  readonly isExclusive: boolean;
}

export interface DataFolderOptions {
  path: string;
  mode: 'exclusive' | 'shared';
  /** How long to wait for a lock that another process holds: that process may be stopping. */
  waitMs: number;
}

/** Names the process that has the folder, for error messages. The lock itself is the operating system's. */
const OWNER_FILE = 'portal.owner';
const RETRY_MS = 100;

class FolderInUseError extends Error {
  readonly name = 'FolderInUseError';
}

/**
 * Creates the folder, excludes it from any git repository around it, and locks
 * it. Rejects when another process holds the lock, or when the folder is not
 * writable.
 */
export async function openDataFolder(
  options: DataFolderOptions,
): Promise<DataFolder & { close(): Promise<void> }> {
  const { path, mode } = options;
  const lock = await prepareAndLock(options);
  const isExclusive = mode === 'exclusive';
  const owner = join(path, OWNER_FILE);
  if (isExclusive) await writeFile(owner, `${process.pid}\n`, { mode: 0o600 });
  return {
    path,
    isExclusive,
    async close() {
      if (isExclusive) await rm(owner, { force: true });
      lock.release();
    },
  };
}

async function prepareAndLock(options: DataFolderOptions): Promise<FolderLock> {
  const { path } = options;
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await writeFile(join(path, '.gitignore'), '*\n', { flag: 'wx' }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
    return await waitForLock(options);
  } catch (error) {
    if (error instanceof FolderInUseError) throw error;
    throw new Error(
      `The data folder ${path} cannot be used: ${
        (error as Error).message
      }. Correct it, or set callboard.dataDir to a folder that this user may write to`,
      { cause: error },
    );
  }
}

async function waitForLock({
  path,
  mode,
  waitMs,
}: DataFolderOptions): Promise<FolderLock> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const lock = FolderLock.take(path, mode);
    if (lock) return lock;
    if (performance.now() >= deadline) break;
    await pause(RETRY_MS);
  }
  const owner = await readFile(join(path, OWNER_FILE), 'utf8').catch(() => '');
  const who = owner.trim() ? `process ${owner.trim()}` : 'another process';
  throw new FolderInUseError(
    `The data folder ${path} is in use by ${who}. Stop it, or choose another folder with callboard.dataDir (npm start: --data)`,
  );
}

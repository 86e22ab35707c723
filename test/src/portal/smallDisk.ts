import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const BLOCK = 4_096;

export const canMount =
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['--mount', 'true']).status === 0;

export function mountSmallDisk(folder: string, ...options: string[]): void {
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync(
    'mount',
    [...options, '-t', 'tmpfs', 'tmpfs', folder],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
}

export function unmountSmallDisk(folder: string): void {
  spawnSync('umount', ['--lazy', folder], { stdio: 'ignore' });
}

/** Takes every free block of the disk; call what it returns to free them. */
export function fillDisk(folder: string): () => void {
  const filler = join(folder, 'filler');
  const file = openSync(filler, 'a');
  for (const size of [256 * BLOCK, BLOCK]) {
    const zeros = Buffer.alloc(size);
    try {
      for (;;) if (writeSync(file, zeros) < size) break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  closeSync(file);
  return () => rmSync(filler);
}

import { dirname } from 'node:path';
import { fileCalls } from '../files/fileCalls';

const { close, fchmod, fsync, open, rename, writeFile } = fileCalls;

/** Writes beside and renames, and waits for the disk: a kill or a power cut leaves the old content or the new one. */
export async function replaceFile(
  path: string,
  content: Uint8Array | string,
  mode: number,
): Promise<void> {
  const beside = `${path}.new`;
  const file = await open(beside, 'w', mode);
  try {
    await fchmod(file, mode); // one that a kill left behind may be open to others
    await writeFile(file, content);
    await fsync(file);
  } finally {
    await close(file);
  }
  await rename(beside, path);
  const folder = await open(dirname(path), 'r');
  try {
    await fsync(folder); // the name is on the disk too
  } finally {
    await close(folder);
  }
}

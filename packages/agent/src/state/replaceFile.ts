import { dirname } from 'node:path';
import { fileCalls } from '../files/fileCalls';

const { close, fchmod, fsync, open, rename, writeFile } = fileCalls;

/** Writes to a new file, syncs it and renames it: a kill or a power failure leaves the old content or the new one. */
export async function replaceFile(
  path: string,
  content: Uint8Array | string,
  mode: number,
): Promise<void> {
  const beside = `${path}.new`;
  const file = await open(beside, 'w', mode);
  try {
    await fchmod(file, mode); // the file of a killed process may have other permissions
    await writeFile(file, content);
    await fsync(file);
  } finally {
    await close(file);
  }
  await rename(beside, path);
  const folder = await open(dirname(path), 'r');
  try {
    await fsync(folder); // makes the rename durable
  } finally {
    await close(folder);
  }
}

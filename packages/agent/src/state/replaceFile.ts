import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes beside and renames, and waits for the disk: a kill or a power cut leaves the old content or the new one. */
export async function replaceFile(
  path: string,
  content: Uint8Array | string,
  mode: number,
): Promise<void> {
  const beside = `${path}.new`;
  const file = await open(beside, 'w', mode);
  try {
    await file.chmod(mode); // one that a kill left behind may be open to others
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync(); // the name is on the disk too
  } finally {
    await folder.close();
  }
}

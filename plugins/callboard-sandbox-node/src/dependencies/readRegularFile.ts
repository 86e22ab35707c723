import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';

/**
 * Reads a text file of pushed code; undefined when it does not exist or is not
 * a regular file. Links are not followed: they may lead to files of the portal.
 */
export async function readRegularFile(
  path: string,
  maxBytes: number,
): Promise<string | undefined> {
  const file = await open(
    path,
    // eslint-disable-next-line no-bitwise -- flags; without O_NONBLOCK a pipe would wait for its writer
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  ).catch(() => undefined);
  if (!file) return undefined;
  try {
    const stat = await file.stat();
    if (!stat.isFile() || stat.size > maxBytes) return undefined;
    return await file.readFile('utf8');
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

/** Size of a regular file in bytes; undefined when there is none. */
export async function findSize(path: string): Promise<number | undefined> {
  const stat = await lstat(path).catch(() => undefined);
  return stat?.isFile() ? stat.size : undefined;
}

import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { compareBytes } from '../../layers/listEntries';
import type { PathPatterns } from './PathPatterns';

/** Bits of Go's `os.FileMode`. */
const GO_DIRECTORY = 2 ** 31;
const GO_SYMLINK = 2 ** 27;
const PERMISSIONS = 0o777;
const MAX_ENTRIES = 200_000;

/** A file, folder or link as it is sent to the daemon. */
export interface ContextEntry {
  path: string;
  /** With the bits of Go's `os.FileMode`. */
  mode: number;
  /** Set for files. */
  size?: bigint;
  /** Target of a link. */
  linkname?: string;
}

/**
 * Lists the entries of a folder that may be sent, in the order that the daemon
 * expects: each folder before its entries, names sorted by bytes.
 */
export async function listContext(
  folder: string,
  choice: { include: PathPatterns; exclude: PathPatterns },
): Promise<ContextEntry[]> {
  const found: ContextEntry[] = [];
  await collect('');
  return found;

  /** Returns whether any entry below was found. */
  async function collect(inside: string): Promise<boolean> {
    const names = (await readdir(join(folder, inside))).sort(compareBytes);
    let hasAny = false;
    for (const name of names) {
      const path = inside ? `${inside}/${name}` : name;
      hasAny = (await add(path)) || hasAny;
    }
    return hasAny;
  }

  async function add(path: string): Promise<boolean> {
    const { include, exclude } = choice;
    const isWanted =
      (include.isEmpty || include.has(path)) && !exclude.has(path);
    const stat = await lstat(join(folder, path));
    if (found.length >= MAX_ENTRIES)
      throw new Error(`There are more than ${MAX_ENTRIES} files`);
    if (stat.isDirectory()) {
      const place = found.length;
      found.push({ path, mode: GO_DIRECTORY + permissionsOf(stat.mode) });
      const hasAny = await collect(path);
      if (!isWanted && !hasAny) found.splice(place, 1); // a folder is listed only for the selected entries in it
      return isWanted || hasAny;
    }
    if (!isWanted) return false;
    if (stat.isSymbolicLink())
      found.push({
        path,
        mode: GO_SYMLINK + PERMISSIONS,
        linkname: await readlink(join(folder, path)),
      });
    else if (stat.isFile())
      found.push({
        path,
        mode: permissionsOf(stat.mode),
        size: BigInt(stat.size),
      });
    return true;
  }
}

/** Keeps only whether a file is executable, as git does; the rest is the same everywhere. */
function permissionsOf(mode: number): number {
  // eslint-disable-next-line no-bitwise -- permission bits
  return (mode & 0o100) === 0 ? 0o644 : 0o755;
}

/** Whether the daemon may request the bytes of an entry. */
export function isRegularFile({ mode }: ContextEntry): boolean {
  return mode < GO_SYMLINK;
}

import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { LayerEntry } from './LayerEntry';

/**
 * Lists all entries below a folder, with paths below `prefix` in the image,
 * sorted by path.
 *
 * @param skip - paths (relative to the folder) to leave out with everything
 *   below them
 */
export async function listEntries(
  folder: string,
  prefix: string,
  skip: (path: string) => boolean = () => false,
): Promise<LayerEntry[]> {
  const found = await collect(folder, '', skip);
  return found
    .map(entry => ({ ...entry, path: posix.join(prefix, entry.path) }))
    .sort((a, b) => compareBytes(a.path, b.path));
}

async function collect(
  folder: string,
  inside: string,
  skip: (path: string) => boolean,
): Promise<LayerEntry[]> {
  const names = (await readdir(join(folder, inside))).map(name =>
    inside ? `${inside}/${name}` : name,
  );
  const nested = await Promise.all(
    names
      .filter(path => !skip(path))
      .map(async (path): Promise<LayerEntry[]> => {
        const full = join(folder, path);
        const stat = await lstat(full);
        if (stat.isSymbolicLink())
          return [{ kind: 'link', path, target: await readlink(full) }];
        if (stat.isDirectory())
          return [
            { kind: 'directory', path },
            ...(await collect(folder, path, skip)),
          ];
        if (!stat.isFile()) return [];
        // eslint-disable-next-line no-bitwise -- permission bits
        const isExecutable = (stat.mode & 0o111) !== 0;
        return [
          {
            kind: 'file',
            path,
            isExecutable,
            content: { from: 'disk', path: full, size: stat.size },
          },
        ];
      }),
  );
  return nested.flat();
}

/** Compares by bytes, without a locale: the same order on every machine. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** sha256 over names, modes and contents of all files below a folder: the same files give the same digest anywhere. */
export async function digestFolder(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await listPaths(folder, '')) {
    const full = join(folder, path);
    const stat = await lstat(full);
    if (stat.isSymbolicLink()) {
      hash.update(`link ${path}\0${await readlink(full)}\0`);
    } else {
      hash.update(
        `file ${path}\0${stat.mode & 0o111 ? 'x' : '-'}\0${stat.size}\0`,
      );
      await pipeline(createReadStream(full), async function* feed(chunks) {
        for await (const chunk of chunks) hash.update(chunk as Buffer);
        yield '';
      });
    }
  }
  return hash.digest('hex');
}

async function listPaths(folder: string, prefix: string): Promise<string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const paths = await Promise.all(
    entries.map(entry => {
      const path = prefix ? `${prefix}/${entry.name}` : entry.name;
      return entry.isDirectory() ? listPaths(folder, path) : [path];
    }),
  );
  return paths.flat().sort();
}

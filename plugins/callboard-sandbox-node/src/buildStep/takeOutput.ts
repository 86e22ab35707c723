import { cp, lstat, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import { outputRefused } from './buildStepProblems';

const MOST_FILES = 100_000; // each becomes an entry of a layer that is built in memory
const MOST_DEPTH = 64;
const MOST_PATH_BYTES = 1_000; // short enough for the system's limit with the folders in front of it

/**
 * Copies the output of a build step: files, folders and links. Untrusted code
 * chose their names and number, so all are checked before one is copied, and
 * the step must have ended.
 *
 * @param without - paths to leave out with everything below them
 */
export async function takeOutput(
  from: string,
  to: string,
  without: ReadonlySet<string>,
): Promise<Result<void>> {
  const checked = await checkOutput(from, without);
  if (!checked.ok) return checked;
  try {
    await cp(from, to, {
      recursive: true,
      verbatimSymlinks: true,
      filter: async path => {
        if (without.has(relative(from, path))) return false;
        const stat = await lstat(path);
        return stat.isFile() || stat.isDirectory() || stat.isSymbolicLink();
      },
    });
    return ok(undefined);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    return failed(outputRefused('it took away the right to read a file'));
  }
}

async function checkOutput(
  root: string,
  without: ReadonlySet<string>,
): Promise<Result<void>> {
  const waiting = [{ path: '', depth: 0 }];
  let files = 0;
  for (;;) {
    const next = waiting.pop();
    if (!next) return ok(undefined);
    const { path, depth } = next;
    if (depth > MOST_DEPTH)
      return failed(
        outputRefused(`its folders are nested more than ${MOST_DEPTH} deep`),
      );
    const entries = await readdir(join(root, path), {
      withFileTypes: true,
      encoding: 'buffer',
    }).catch(() => undefined);
    if (!entries)
      return failed(outputRefused(`the folder "${cut(path)}" cannot be read`));
    files += entries.length;
    if (files > MOST_FILES)
      return failed(outputRefused(`it left more than ${MOST_FILES} files`));
    for (const entry of entries) {
      const name = entry.name.toString('utf8');
      const inside = path === '' ? name : `${path}/${name}`;
      if (without.has(inside)) continue;
      if (
        !Buffer.from(name).equals(entry.name) ||
        Buffer.byteLength(inside) > MOST_PATH_BYTES
      )
        return failed(
          outputRefused(
            `a name in the folder "${cut(path)}" is too long, or not UTF-8`,
          ),
        );
      if (entry.isDirectory()) waiting.push({ path: inside, depth: depth + 1 });
    }
  }
}

function cut(path: string): string {
  const plain = path.replace(/[^\x20-\x7e]/g, '?');
  return plain.length <= 80 ? plain || '.' : `${plain.slice(0, 79)}…`;
}

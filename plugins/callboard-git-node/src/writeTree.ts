import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import {
  type FileHandle,
  mkdir,
  open,
  realpath,
  symlink,
} from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { BlobPart } from './readBlobs';
import { type TreeEntry, linkProblem, staysInside } from './tree';

/**
 * Writes checked entries into an empty folder.
 *
 * Nothing is ever written through a link: files are written first, links after
 * them, and only then is every link resolved once, to check that it ends
 * inside. A chain of links may lead outside although each single link is
 * harmless.
 */
export async function writeTree(
  entries: TreeEntry[],
  contents: AsyncIterable<BlobPart>,
  folder: string,
): Promise<Result<void>> {
  const links: Array<{ path: string; target: string }> = [];
  const folders = new Set<string>();
  let file: FileHandle | undefined;
  let target: Buffer[] = [];
  try {
    for await (const { index, bytes, end } of contents) {
      const { kind, path } = entries[index];
      if (kind === 'link') {
        target.push(bytes);
        if (end) {
          links.push({ path, target: Buffer.concat(target).toString('utf8') });
          target = [];
        }
        continue;
      }
      file ??= await createFile(folder, path, {
        executable: kind === 'executable',
        folders,
      });
      await file.write(bytes);
      if (end) {
        await file.close();
        file = undefined;
      }
    }
  } finally {
    await file?.close();
  }
  return writeLinks(links, folder, folders);
}

async function createFile(
  folder: string,
  path: string,
  options: { executable: boolean; folders: Set<string> },
): Promise<FileHandle> {
  await makeParent(folder, path, options.folders);
  return open(join(folder, path), 'wx', options.executable ? 0o755 : 0o644);
}

async function writeLinks(
  links: Array<{ path: string; target: string }>,
  folder: string,
  folders: Set<string>,
): Promise<Result<void>> {
  for (const { path, target } of links) {
    if (!staysInside(path, target)) return failed(linkProblem(path));
    await makeParent(folder, path, folders);
  }
  for (const { path, target } of links)
    await symlink(target, join(folder, path));
  const root = await realpath(folder);
  for (const { path } of links) {
    const end = await realpath(join(folder, path)).catch(() => undefined); // dangling or circular
    if (end === undefined || (end !== root && !end.startsWith(root + sep)))
      return failed(linkProblem(path));
  }
  return ok(undefined);
}

async function makeParent(
  folder: string,
  path: string,
  folders: Set<string>,
): Promise<void> {
  const parent = dirname(join(folder, path));
  if (folders.has(parent)) return;
  await mkdir(parent, { recursive: true });
  folders.add(parent);
}

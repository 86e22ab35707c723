import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Io, type Tree, UsageError } from './Io';

const MAX_FILES = 100_000;
const MAX_LISTING_BYTES = 64 * 1024 * 1024;
/** Never part of an app, and may be large. */
const LEFT_OUT = new Set(['.git', 'node_modules']);

/** Opens a local folder, or `REVISION:FOLDER` of the git repository that the process is in. */
export function openTree(name: string, readFile: Io['readBytes']): Tree {
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory())
    return {
      name,
      paths: listFolder(name).sort(),
      readBytes: (path, maxBytes) => readFile(join(name, path), maxBytes),
    };
  if (/^[^-:][^:]*:/.test(name)) return openRevision(name);
  throw new UsageError(
    `There is no folder "${name}"; a revision is written as main:FOLDER, or main: where the app is the repository`,
  );
}

function listFolder(folder: string): string[] {
  const paths: string[] = [];
  const open = [''];
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    for (const entry of readdirSync(join(folder, below), {
      withFileTypes: true,
    })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (LEFT_OUT.has(entry.name)) continue;
      if (entry.isDirectory()) open.push(path);
      else if (entry.isFile()) paths.push(path);
    }
    if (paths.length > MAX_FILES)
      throw new UsageError(
        `"${folder}" holds more than ${MAX_FILES} files: name the folder of one app`,
      );
  }
  return paths;
}

function openRevision(name: string): Tree {
  const tree = git(['rev-parse', '--verify', name], name).toString().trim();
  const blobs = new Map<string, string>();
  const listing = git(['ls-tree', '-r', '-z', '--full-tree', tree], name);
  for (const line of listing.toString().split('\0')) {
    const [, id, path] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (path === undefined) continue;
    if (path.split('/').some(part => LEFT_OUT.has(part))) continue;
    blobs.set(path, id);
  }
  return {
    name,
    paths: [...blobs.keys()].sort(),
    readBytes(path, maxBytes) {
      const id = blobs.get(path);
      if (id === undefined)
        throw new UsageError(`Cannot read ${path} in ${name}: it is not there`);
      const size = Number(git(['cat-file', '-s', id], name).toString());
      const bytes =
        size > maxBytes
          ? new Uint8Array()
          : git(['cat-file', 'blob', id], name);
      return { bytes, size };
    },
  };
}

function git(args: string[], name: string): Buffer {
  try {
    return execFileSync('git', args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: MAX_LISTING_BYTES,
    });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & {
      stderr?: Buffer;
    };
    const [said = ''] = String(stderr ?? '').split('\n');
    throw new UsageError(
      `Cannot read "${name}": ${
        code === 'ENOENT' ? 'git is not installed' : said || code
      }`,
    );
  }
}

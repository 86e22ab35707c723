import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { configRefused } from './signInProblems';

const FRESH_MS = 10_000; // tokens of service accounts are renewed long before the old one expires
const MAX_BYTES = 256 * 1024; // a bundle of certificates; tokens have about 2,000
const MAX_NAME = 200;

/**
 * Files that a kubeconfig names: certificates, keys, tokens. Read again every
 * ten seconds. Only those in the kubeconfig's own folder, or in one that the
 * operator allows: the author of a kubeconfig must not make the portal send
 * other files of its machine to an address of their choice.
 */
export class KeptFiles {
  readonly #options: {
    cluster: string;
    /** Relative paths are resolved against this folder. */
    folder: string;
    allowed: readonly string[];
    /** Milliseconds of any clock. */
    nowMs(): number;
  };
  readonly #kept = new Map<string, { text: string; readAtMs: number }>();

  constructor(options: {
    cluster: string;
    folder: string;
    allowed: readonly string[];
    nowMs(): number;
  }) {
    this.#options = options;
  }

  /** Returns the content of the file, at most ten seconds old. */
  async read(path: string): Promise<string> {
    const nowMs = this.#options.nowMs();
    const kept = this.#kept.get(path);
    if (kept && nowMs - kept.readAtMs < FRESH_MS) return kept.text;
    const text = await this.#readNow(path);
    this.#kept.set(path, { text, readAtMs: nowMs });
    return text;
  }

  /** Makes the next read use the disk. */
  forget(): void {
    this.#kept.clear();
  }

  async #readNow(path: string): Promise<string> {
    const { cluster, folder, allowed } = this.#options;
    const name = path.slice(0, MAX_NAME);
    const file = resolve(folder, path);
    const folders = [folder, ...allowed];
    // The link target is read only inside: elsewhere not even the existence of files is
    // revealed.
    const isInside =
      folders.some(each => isWithin(file, resolve(each))) &&
      (await leadsWithin(file, folders));
    if (!isInside)
      throw configRefused(
        cluster,
        `its kubeconfig names the file "${name}", which is not in its own folder`,
        'Move it there, embed it (kubectl config view --raw --flatten --minify), or allow its folder with allowFilesIn',
      );
    const text = await readBounded(file).catch(() => undefined);
    if (text === undefined)
      throw configRefused(
        cluster,
        `the file "${name}" that its kubeconfig names cannot be read, or is larger than ${
          MAX_BYTES / 1024
        } KiB`,
        'Check the path and its permissions',
      );
    return text;
  }
}

/** Reads a regular file; any other kind (such as a pipe, which could block) is refused at once. */
export async function readBounded(
  file: string,
  maxBytes = MAX_BYTES,
): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) throw new Error('no plain file');
    const buffer = Buffer.alloc(maxBytes + 1);
    let size = 0;
    for (;;) {
      const { bytesRead } = await handle.read(
        buffer,
        size,
        buffer.byteLength - size,
      );
      if (bytesRead === 0) return buffer.toString('utf8', 0, size);
      size += bytesRead;
      if (size > maxBytes) throw new Error('too large');
    }
  } finally {
    await handle.close();
  }
}

/** Links may point to files of the folders, as those of mounted Secrets do, and not out of them. */
async function leadsWithin(
  file: string,
  folders: readonly string[],
): Promise<boolean> {
  const target = await realpath(file).catch(() => undefined);
  if (target === undefined) return true; // missing: reported by the read
  for (const folder of folders) {
    const real = await realpath(folder).catch(() => undefined);
    if (real !== undefined && isWithin(target, real)) return true;
  }
  return false;
}

function isWithin(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return (
    way !== '' &&
    way !== '..' &&
    !way.startsWith(`..${sep}`) &&
    !isAbsolute(way)
  );
}

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Header, type Pack, pack } from 'tar-stream';
import { type Descriptor, MEDIA_TYPES } from '../oci/types';
import type { LayerEntry } from './LayerEntry';
import { GzipStream, Tap } from './streams';

/** A layer on this machine's disk. */
export interface Layer {
  descriptor: Descriptor;
  /** Digest of the tar before compression. */
  diffId: string;
  file: string;
}

/** Time of every entry: the time of a build must not change the image. */
const EPOCH = new Date(0);

/** Owner and times of every entry, independent of the machine. */
const COMMON = {
  uid: 0,
  gid: 0,
  uname: '',
  gname: '',
  mtime: EPOCH,
  size: 0,
  linkname: '',
  devmajor: 0,
  devminor: 0,
  pax: null,
};

export interface PackOptions {
  folder: string;
  newId: () => string;
  /**
   * `same-everywhere` gives the same bytes on any machine; its compressor is
   * plain JavaScript, because the one in Node.js depends on the processor, so
   * that two machines may produce different bytes. `fast` is for a layer that
   * is built only once.
   */
  compression?: 'same-everywhere' | 'fast';
}

/** Writes entries as a compressed layer into `folder`. The same entries give the same tar. */
export async function packLayer(
  entries: readonly LayerEntry[],
  { folder, newId, compression = 'same-everywhere' }: PackOptions,
): Promise<Layer> {
  await mkdir(folder, { recursive: true });
  const aside = join(folder, `incoming-${newId()}`);
  const tarHash = createHash('sha256');
  const blobHash = createHash('sha256');
  let size = 0;
  const tar = pack();
  const written = pipeline(
    tar,
    new Tap(chunk => tarHash.update(chunk)),
    compression === 'fast' ? createGzip({ level: 4 }) : new GzipStream(),
    new Tap(chunk => {
      blobHash.update(chunk);
      size += chunk.length;
    }),
    createWriteStream(aside),
  );
  try {
    await Promise.all([written, writeEntries(tar, entries)]);
    const digest = blobHash.digest('hex');
    const file = join(folder, digest);
    await rename(aside, file);
    return {
      descriptor: {
        mediaType: MEDIA_TYPES.layerGzip,
        digest: `sha256:${digest}`,
        size,
      },
      diffId: `sha256:${tarHash.digest('hex')}`,
      file,
    };
  } finally {
    await rm(aside, { force: true });
  }
}

async function writeEntries(
  tar: Pack,
  entries: readonly LayerEntry[],
): Promise<void> {
  try {
    for (const entry of entries) await writeEntry(tar, entry);
    tar.finalize();
  } catch (error) {
    tar.destroy(error as Error);
    throw error;
  }
}

async function writeEntry(tar: Pack, entry: LayerEntry): Promise<void> {
  switch (entry.kind) {
    case 'directory':
      return writeHeader(tar, {
        ...COMMON,
        name: `${entry.path}/`,
        type: 'directory',
        mode: entry.mode ?? 0o755,
      });
    case 'link':
      return writeHeader(tar, {
        ...COMMON,
        name: entry.path,
        type: 'symlink',
        linkname: entry.target,
        mode: 0o777,
      });
    case 'file': {
      const mode = entry.isExecutable ? 0o755 : 0o644;
      const size =
        entry.content.from === 'bytes'
          ? entry.content.bytes.length
          : entry.content.size;
      const header: Header = {
        ...COMMON,
        name: entry.path,
        type: 'file',
        mode,
        size,
      };
      if (entry.content.from === 'bytes')
        return writeHeader(tar, header, Buffer.from(entry.content.bytes));
      return pipeline(createReadStream(entry.content.path), tar.entry(header));
    }
    default:
      throw new Error(`Unknown entry ${JSON.stringify(entry satisfies never)}`);
  }
}

function writeHeader(
  tar: Pack,
  header: Header,
  content?: Buffer,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => (error ? reject(error) : resolve());
    if (content) tar.entry(header, content, done);
    else tar.entry(header, done);
  });
}

import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { extract } from 'tar-stream';
import { type InstalledPackage, readPackageJson } from './listPackages';
import { readApkDatabase, readDpkgStatus } from './packageDatabases';

/** What a layer of an image says about installed packages. */
export interface LayerScan {
  /** Packages by the file that names them. */
  files: Array<{ path: string; packages: InstalledPackage[] }>;
  /** What this layer takes away of the layers below: paths, with all that is in them. */
  removed: string[];
}

const MAX_FILE_BYTES = 32 * 1024 * 1024;
const MAX_FILES = 100_000;
const READERS: ReadonlyArray<{
  path: RegExp;
  read(text: string): InstalledPackage[];
}> = [
  { path: /^var\/lib\/dpkg\/status(?:\.d\/[^/]+)?$/, read: readDpkgStatus },
  { path: /^(?:usr\/)?lib\/apk\/db\/installed$/, read: readApkDatabase },
  {
    path: /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@.][^/]*\/package\.json$/,
    read: text => [readPackageJson(text)].filter(found => found !== undefined),
  },
];
const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

/** Reads a layer once, from its first byte to its last, and keeps only what names packages. */
export async function scanLayer(
  body: Readable,
  mediaType: string,
): Promise<LayerScan> {
  const scan: LayerScan = { files: [], removed: [] };
  const unpack = extract();
  unpack.on('entry', (header, stream, next) => {
    void (async () => {
      const path = header.name.replace(/^\.?\//, '').replace(/\/$/, '');
      const name = path.slice(path.lastIndexOf('/') + 1);
      const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      if (name === OPAQUE) scan.removed.push(`${folder}/`);
      else if (name.startsWith(WHITEOUT))
        scan.removed.push(
          `${folder ? `${folder}/` : ''}${name.slice(WHITEOUT.length)}`,
        );
      const reader = READERS.find(({ path: pattern }) => pattern.test(path));
      const isWanted =
        reader !== undefined &&
        header.type === 'file' &&
        (header.size ?? 0) <= MAX_FILE_BYTES &&
        scan.files.length < MAX_FILES;
      const chunks: Buffer[] = [];
      for await (const chunk of stream as AsyncIterable<Buffer>)
        if (isWanted) chunks.push(chunk);
      if (isWanted)
        scan.files.push({
          path,
          packages: reader.read(Buffer.concat(chunks).toString('utf8')),
        });
      next();
    })().catch(error => unpack.destroy(error as Error));
  });
  const unzip = decompressorFor(mediaType);
  await (unzip ? pipeline(body, unzip, unpack) : pipeline(body, unpack));
  return scan;
}

function decompressorFor(mediaType: string) {
  if (/[+.]gzip$/.test(mediaType)) return createGunzip();
  return mediaType.endsWith('+zstd') ? createZstdDecompress() : undefined;
}

/** What all layers together hold, the lowest first. */
export function mergeScans(scans: readonly LayerScan[]): InstalledPackage[] {
  const files = new Map<string, InstalledPackage[]>();
  for (const scan of scans) {
    for (const path of [...files.keys()])
      if (scan.removed.some(removed => isIn(path, removed))) files.delete(path);
    for (const { path, packages } of scan.files) files.set(path, packages);
  }
  const found = new Map<string, InstalledPackage>();
  for (const packages of files.values())
    for (const each of packages)
      found.set(`${each.ecosystem ?? ''} ${each.name}@${each.version}`, each);
  return [...found.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => each);
}

function isIn(path: string, removed: string): boolean {
  return removed.endsWith('/')
    ? path.startsWith(removed === '/' ? '' : removed)
    : path === removed || path.startsWith(`${removed}/`);
}

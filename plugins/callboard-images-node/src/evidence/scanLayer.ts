import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { Turns } from '@callboard/plugin-callboard-node';
import { extract } from 'tar-stream';
import {
  type InstalledPackage,
  MANIFEST_MAX_CHARS,
  readPackageJson,
} from './listPackages';
import { readApkDatabase, readDpkgStatus } from './packageDatabases';

/** Package data of one image layer. */
export interface LayerScan {
  /** Files that list packages. */
  files: string[];
  packages: ScannedPackage[];
  /** Paths that this layer removes from the layers below, with everything in them. */
  removed: string[];
  /** Set when the layer has more than was read. */
  isCut?: true;
}

/** A package, with the index of the file that lists it. */
type ScannedPackage = InstalledPackage & { in: number };

const MAX_FILE_BYTES = 32 * 1024 * 1024;
const MAX_FILES = 100_000;
const MAX_PATH_CHARS = 1_024;
const MAX_PACKAGES = 30_000; // per image; the limit for reading its SBOM
const READERS: ReadonlyArray<{
  path: RegExp;
  read(body: AsyncIterable<Buffer>): AsyncIterable<InstalledPackage>;
}> = [
  { path: /^var\/lib\/dpkg\/status(?:\.d\/[^/]+)?$/, read: readDpkgStatus },
  { path: /^(?:usr\/)?lib\/apk\/db\/installed$/, read: readApkDatabase },
  {
    path: /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@.][^/]*\/package\.json$/,
    read: readManifest,
  },
];
const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

/** Reads a layer once, as a stream, and keeps only the package data. */
export async function scanLayer(
  body: Readable,
  mediaType: string,
): Promise<LayerScan> {
  const scan: LayerScan = { files: [], packages: [], removed: [] };
  const turns = new Turns();
  const unpack = extract();
  unpack.on('entry', ({ name, type, size }, stream, next) => {
    void (async () => {
      const path = name.replace(/^\.?\//, '').replace(/\/$/, '');
      const removed = readWhiteout(path);
      const reader =
        type === 'file'
          ? READERS.find(({ path: pattern }) => pattern.test(path))
          : undefined;
      const content = inTurns(stream as AsyncIterable<Buffer>, turns);
      if (path.length > MAX_PATH_CHARS || (size ?? 0) > MAX_FILE_BYTES) {
        if (reader) scan.isCut = true;
        await drain(content);
      } else if (removed !== undefined) {
        if (scan.removed.length < MAX_FILES) scan.removed.push(removed);
        else scan.isCut = true;
        await drain(content);
      } else if (reader && scan.files.length < MAX_FILES) {
        scan.files.push(path);
        for await (const found of reader.read(content)) {
          if (scan.packages.length < MAX_PACKAGES)
            scan.packages.push({ ...found, in: scan.files.length - 1 });
          else scan.isCut = true;
        }
      } else {
        if (reader) scan.isCut = true;
        await drain(content);
      }
      next();
    })().catch(error => unpack.destroy(error as Error));
  });
  const unzip = decompressorFor(mediaType);
  await (unzip ? pipeline(body, unzip, unpack) : pipeline(body, unpack));
  return scan;
}

/** Merges the packages of all layers, the lowest first; and whether the result is complete. */
export async function mergeScans(
  scans: readonly LayerScan[],
): Promise<{ packages: InstalledPackage[]; isComplete: boolean }> {
  const turns = new Turns();
  const files = new Map<string, InstalledPackage[]>();
  for (const { files: paths, packages, removed } of scans) {
    const gone = new Set(removed);
    for (const path of gone.size > 0 ? [...files.keys()] : []) {
      if (isIn(path, gone)) files.delete(path);
      if (turns.isOver()) await turns.next();
    }
    const own = paths.map((): InstalledPackage[] => []);
    for (const { in: file, ...each } of packages) own[file]?.push(each);
    paths.forEach((path, index) => files.set(path, own[index]));
    if (turns.isOver()) await turns.next();
  }
  const found = new Map<string, InstalledPackage>();
  for (const packages of files.values()) {
    for (const each of packages)
      found.set(`${each.ecosystem ?? ''} ${each.name}@${each.version}`, each);
    if (turns.isOver()) await turns.next();
  }
  const all = [...found.keys()].sort().slice(0, MAX_PACKAGES);
  return {
    packages: all.map(key => found.get(key)!),
    isComplete:
      found.size <= MAX_PACKAGES && !scans.some(({ isCut }) => isCut === true),
  };
}

/** The path that a whiteout entry removes; undefined for other entries. */
function readWhiteout(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  if (name === OPAQUE) return path.slice(0, slash + 1) || '/';
  return name.startsWith(WHITEOUT)
    ? path.slice(0, slash + 1) + name.slice(WHITEOUT.length)
    : undefined;
}

/**
 * Whether a removed path covers this one. It removes everything below it; with
 * a slash at the end only its contents.
 */
function isIn(path: string, removed: ReadonlySet<string>): boolean {
  if (removed.has('/') || removed.has(path)) return true;
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1))
    if (removed.has(path.slice(0, at)) || removed.has(path.slice(0, at + 1)))
      return true;
  return false;
}

async function* readManifest(
  body: AsyncIterable<Buffer>,
): AsyncGenerator<InstalledPackage> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size <= MANIFEST_MAX_CHARS) chunks.push(chunk);
  }
  if (size > MANIFEST_MAX_CHARS) return;
  const found = readPackageJson(Buffer.concat(chunks).toString('utf8'));
  if (found) yield found;
}

async function* inTurns(
  body: AsyncIterable<Buffer>,
  turns: Turns,
): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    if (turns.isOver()) await turns.next();
    yield chunk;
  }
}

async function drain(body: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of body) if (!chunk) return;
}

function decompressorFor(mediaType: string) {
  if (/[+.]gzip$/.test(mediaType)) return createGunzip();
  return mediaType.endsWith('+zstd') ? createZstdDecompress() : undefined;
}

import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareBytes } from '../layers/listEntries';

/** A package that is installed in an image. */
export interface InstalledPackage {
  /** Package system; npm when omitted. */
  ecosystem?: 'deb' | 'apk';
  name: string;
  version: string;
  /** SPDX id or expression, as stated by the package. */
  license?: string;
}

/** Limit of a package.json, which is parsed in one step and must not block the event loop. */
export const MANIFEST_MAX_CHARS = 256 * 1024;
/** Limit of a name, a version and a license; npm allows 214 in a name. */
export const TEXT_MAX_CHARS = 300;

/** All packages below a `node_modules` folder, each name and version once, sorted. */
export async function listPackages(
  modules: string,
): Promise<InstalledPackage[]> {
  const found = new Map<string, InstalledPackage>();
  await walk(modules, found);
  return [...found.entries()]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([, value]) => value);
}

async function walk(
  modules: string,
  found: Map<string, InstalledPackage>,
): Promise<void> {
  const names = await readdir(modules, { withFileTypes: true }).catch(() => []);
  for (const entry of names) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const folder = join(modules, entry.name);
    if (entry.name.startsWith('@')) {
      await walk(folder, found);
      continue;
    }
    const own = await readPackage(folder);
    if (own) found.set(`${own.name}@${own.version}`, own);
    await walk(join(folder, 'node_modules'), found);
  }
}

async function readPackage(
  folder: string,
): Promise<InstalledPackage | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(
    () => '',
  );
  return readPackageJson(text);
}

/** Reads the package from a package.json; undefined when it has no name. */
export function readPackageJson(text: string): InstalledPackage | undefined {
  if (text.length > MANIFEST_MAX_CHARS) return undefined;
  try {
    const { name, version, license } = JSON.parse(text) as Record<
      string,
      unknown
    >;
    if (!isShortText(name) || !isShortText(version)) return undefined;
    return { name, version, ...(isShortText(license) && { license }) };
  } catch {
    return undefined;
  }
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= TEXT_MAX_CHARS;
}

import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** Returns the files of a seed app of this package, by path in its repository. */
export async function readSeedFiles(
  name: string,
): Promise<Record<string, string>> {
  const folder = resolvePackagePath(
    '@callboard/plugin-callboard-backend-module-playground',
    'seeds',
    name,
  );
  const entries = await readdir(folder, {
    withFileTypes: true,
    recursive: true,
  });
  const files = entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async file => [
      relative(folder, file),
      await readFile(file, 'utf8'),
    ]),
  );
  return Object.fromEntries(texts.sort());
}

import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledPackage } from '../evidence/listPackages';
import type { Layer } from '../layers/packLayer';

/** Installed dependencies as a layer, with what is told about them. */
export interface DependencyLayer {
  layer: Layer;
  packages: InstalledPackage[];
  manager: string;
  lockfile: { path: string; digest: string };
}

/** The layer of an earlier build with the same manifests, while its bytes are still there. */
export async function findDependencyLayer(
  folder: string,
  key: string,
): Promise<DependencyLayer | undefined> {
  try {
    const known = JSON.parse(
      await readFile(noteOf(folder, key), 'utf8'),
    ) as DependencyLayer;
    return (await stat(known.layer.file)).size === known.layer.descriptor.size
      ? known
      : undefined;
  } catch {
    return undefined;
  }
}

/** Written aside and renamed: a killed process leaves no half note. */
export async function keepDependencyLayer(
  folder: string,
  key: string,
  layer: DependencyLayer,
): Promise<void> {
  const note = noteOf(folder, key);
  await writeFile(`${note}.new`, JSON.stringify(layer));
  await rename(`${note}.new`, note);
}

function noteOf(folder: string, key: string): string {
  return join(folder, `dependencies-${key.replace('sha256:', '')}.json`);
}

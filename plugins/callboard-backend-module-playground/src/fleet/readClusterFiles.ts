import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ClusterFile,
  ProblemError,
  parsePlatformFiles,
} from '@callboard/plugin-callboard-common';

/**
 * Returns the clusters that the platform's files describe, each name once.
 * Throws a ProblemError for an invalid file.
 */
export async function readClusterFiles(
  folders: readonly string[],
): Promise<ClusterFile[]> {
  const clusters = new Map<string, ClusterFile>();
  for (const folder of folders) {
    for (const file of await listYamlFiles(join(folder, 'clusters'))) {
      const parsed = parsePlatformFiles(await readFile(file, 'utf8'), { file });
      if (!parsed.ok) throw new ProblemError(parsed.problem);
      for (const document of parsed.value) {
        if (document.kind === 'Cluster')
          clusters.set(document.metadata.name, document);
      }
    }
  }
  return [...clusters.values()];
}

async function listYamlFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names
    .filter(name => /\.ya?ml$/.test(name))
    .sort()
    .map(name => join(folder, name));
}

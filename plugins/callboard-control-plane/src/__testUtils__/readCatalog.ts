import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  type PlatformFile,
  parsePlatformFiles,
} from '@callboard/plugin-callboard-common';
import type { Platform } from '../Platform';

const CATALOG = resolvePackagePath(
  '@callboard/plugin-callboard-control-plane',
  '../../catalog',
);

/** The platform's own files, those of the playground: tests run on what users get. */
export function readCatalog(): Required<Platform> {
  const files = ['clusters', 'environments', 'blueprints'].flatMap(readFolder);
  return {
    environments: files.flatMap(file =>
      file.kind === 'Environment' ? [file] : [],
    ),
    blueprints: files.flatMap(file =>
      file.kind === 'Blueprint' ? [file] : [],
    ),
    clusterSets: [],
    clusterFiles: files.flatMap(file =>
      file.kind === 'Cluster' ? [file] : [],
    ),
    healthRules: [],
    provisioners: [],
    placementRules: [],
    policies: [],
  };
}

function readFolder(folder: string): PlatformFile[] {
  return readdirSync(join(CATALOG, folder)).flatMap(name => {
    const file = join(CATALOG, folder, name);
    const parsed = parsePlatformFiles(readFileSync(file, 'utf8'), { file });
    if (!parsed.ok)
      throw new Error(`${parsed.problem.what}: ${parsed.problem.why}`);
    return parsed.value;
  });
}

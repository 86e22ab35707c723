import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectFiles } from './PackageManager';

/** What an install may look at, beside package.json. */
const INSTALL_FILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
];

/** A Node.js project, as far as an install is concerned. */
export interface Project extends ProjectFiles {
  /** Files that the install sees, by path. */
  files: ReadonlyMap<string, string>;
}

/**
 * Reads the manifests of a project; undefined where there is no package.json.
 *
 * Scripts of package.json itself are left out unless scripts are allowed: some
 * package managers run them although they are told not to. An install never sees
 * the code: a change of it cannot change the layer of dependencies.
 */
export async function readProject(
  folder: string,
  { allowScripts }: { allowScripts: boolean },
): Promise<Project | undefined> {
  const read = (path: string) =>
    readFile(join(folder, path), 'utf8').catch(() => undefined);
  const packageJson = await read('package.json');
  if (packageJson === undefined) return undefined;
  const files = new Map([
    ['package.json', allowScripts ? packageJson : withoutScripts(packageJson)],
  ]);
  for (const path of INSTALL_FILES) {
    const text = await read(path);
    if (text !== undefined) files.set(path, text);
  }
  return {
    paths: [...files.keys()],
    packageJson,
    yarnLock: files.get('yarn.lock'),
    files,
  };
}

/** Writes what the install sees into a new folder. */
export async function writeProject(
  { files }: Project,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, text] of files) await writeFile(join(folder, path), text);
}

function withoutScripts(packageJson: string): string {
  try {
    const { scripts: _scripts, ...rest } = JSON.parse(packageJson) as Record<
      string,
      unknown
    >;
    return JSON.stringify(rest, undefined, 2);
  } catch {
    return packageJson; // refused before anything is installed
  }
}

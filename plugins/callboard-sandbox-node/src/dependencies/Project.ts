import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Problem,
  type Result,
  failed,
  fileTooLarge,
  ok,
} from '@callboard/plugin-callboard-common';
import { findSize, readRegularFile } from './readRegularFile';
import { SETTINGS_FILES } from './registryChoices';
import { readYaml } from './readYaml';
import { withoutCode, withoutPnpmCode } from './withoutCode';

/** Files that an install may read, besides package.json. */
const LOCKFILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
];
const PNPM_WORKSPACE = 'pnpm-workspace.yaml';
export const MAX_LOCKFILE_BYTES = 8 * 1024 ** 2; // copied for the install and hashed, never parsed here
const MAX_MANIFEST_BYTES = 1024 ** 2; // of JSON
const MAX_SETTINGS_BYTES = 64 * 1024; // of YAML, which takes a hundred times as long to parse
const MOST_MANIFESTS = 500; // of workspaces
const MOST_DEPTH = 6;

/** The files of a Node.js project that an install uses. */
export interface Project {
  /** Unchanged, as it was pushed. */
  packageJson: string;
  /** Files that the install sees, by path. */
  files: ReadonlyMap<string, string>;
  /** Settings of package managers, by path: they are parsed here and not given to the install. */
  settings: ReadonlyMap<string, string>;
  /** Folders with a package.json, the project's own (``) first. */
  folders: readonly string[];
}

/** Reads files of a folder and remembers the first one that is too large. */
class ProjectFiles {
  readonly #folder: string;
  #problem: Problem | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async text(path: string, maxBytes: number): Promise<string | undefined> {
    const full = join(this.#folder, path);
    const bytes = await findSize(full);
    if (bytes !== undefined && bytes > maxBytes) {
      this.#problem ??= fileTooLarge(path, { bytes, maxBytes });
      return undefined;
    }
    return readRegularFile(full, maxBytes);
  }

  end<T>(value: T): Result<T> {
    return this.#problem ? failed(this.#problem) : ok(value);
  }
}

/**
 * Reads the manifests of a project; undefined without a package.json. Refuses a
 * file that is too large to be written by hand.
 *
 * Scripts are removed unless they are allowed: some package managers run them
 * even when they are disabled. An install never has the code: a change of it
 * cannot change the layer of dependencies, and settings cannot name it as a
 * program.
 */
export async function readProject(
  folder: string,
  { allowScripts }: { allowScripts: boolean },
): Promise<Result<Project | undefined>> {
  const read = new ProjectFiles(folder);
  const packageJson = await read.text('package.json', MAX_MANIFEST_BYTES);
  if (packageJson === undefined) return read.end(undefined);
  const files = new Map([
    ['package.json', withoutCode(packageJson, { allowScripts })],
  ]);
  for (const path of LOCKFILES) {
    const text = await read.text(path, MAX_LOCKFILE_BYTES);
    if (text !== undefined) files.set(path, text);
  }
  const pnpmWorkspace = await read.text(PNPM_WORKSPACE, MAX_SETTINGS_BYTES);
  if (pnpmWorkspace !== undefined)
    files.set(PNPM_WORKSPACE, withoutPnpmCode(pnpmWorkspace));
  const settings = new Map<string, string>();
  for (const path of SETTINGS_FILES) {
    const text = await read.text(path, MAX_SETTINGS_BYTES);
    if (text !== undefined) settings.set(path, text);
  }
  const nested = hasOwnPackages(packageJson, pnpmWorkspace)
    ? await findManifests(folder)
    : [];
  for (const path of nested) {
    const text = await read.text(path, MAX_MANIFEST_BYTES);
    if (text !== undefined)
      files.set(path, withoutCode(text, { allowScripts }));
  }
  return read.end({
    packageJson,
    files,
    settings,
    folders: ['', ...nested.map(path => dirname(path))],
  });
}

/** Writes the install's files into a new folder. */
export async function writeProject(
  { files }: Project,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** Whether an install needs manifests of other folders of the project: for workspaces, or packages by path. */
function hasOwnPackages(
  packageJson: string,
  pnpmWorkspace: string | undefined,
): boolean {
  try {
    const { workspaces, dependencies, devDependencies } = JSON.parse(
      packageJson,
    ) as {
      workspaces?: unknown;
      dependencies?: Record<string, unknown> | null;
      devDependencies?: Record<string, unknown> | null;
    };
    return (
      workspaces !== undefined ||
      Object.values({ ...devDependencies, ...dependencies }).some(
        version =>
          typeof version === 'string' && /^(file|link|\.)/.test(version),
      ) ||
      (pnpmWorkspace !== undefined &&
        (readYaml(pnpmWorkspace) as { packages?: unknown })?.packages !==
          undefined)
    );
  } catch {
    return false;
  }
}

/** Paths of the package.json files below the project's own, sorted; links are not followed. */
async function findManifests(root: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (inside: string, depth: number): Promise<void> => {
    const entries = await readdir(join(root, inside), { withFileTypes: true });
    const names = entries
      .filter(({ name }) => name !== 'node_modules' && name !== '.git')
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of names) {
      if (found.length >= MOST_MANIFESTS) return;
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory() && depth < MOST_DEPTH)
        await walk(path, depth + 1);
      else if (entry.isFile() && entry.name === 'package.json' && inside !== '')
        found.push(path);
    }
  };
  await walk('', 0);
  return found;
}

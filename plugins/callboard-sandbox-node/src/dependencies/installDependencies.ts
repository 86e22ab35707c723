import { lstat, readdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { limitExceeded } from '../BuildLimits';
import type { BuildPlace } from '../BuildPlace';
import type { RunAsOther } from '../runAsOther';
import type { PackageManager } from './PackageManager';
import type { InstallPlan } from './planInstall';
import { MAX_LOCKFILE_BYTES, writeProject } from './Project';
import { readRegularFile } from './readRegularFile';

const TAIL_LINES = 5;

/** Result of an install. */
export interface InstalledDependencies {
  /** Folder with them; removed after the callback. */
  folder: string;
  /** The `node_modules` folders below it, the project's own first; none of them is a link. */
  modules: string[];
  lockfile: { path: string; text: string };
  /** Folder of the package manager itself, if the install fetched it. */
  manager?: string;
}

/**
 * Installs dependencies of a revision in a folder that contains only its
 * manifests, in the sandbox of builds. Settings and code of the revision are
 * not there, so that none of it can run.
 *
 * @param input.workFolder - for the manifests; does not exist yet
 * @param use - receives the folder, and copies from it what it needs
 */
export async function installDependencies<T>(
  plan: InstallPlan,
  input: {
    workFolder: string;
    place: BuildPlace;
    signal: AbortSignal;
    onOutput(line: string): void;
  },
  use: (installed: InstalledDependencies) => Promise<T>,
): Promise<Result<T>> {
  const { project, manager, settings } = plan;
  const { workFolder, place } = input;
  await writeProject(project, workFolder);
  for (const [path, text] of settings)
    await writeFile(join(workFolder, path), text, { mode: 0o600 });
  return place.use(workFolder, async (folder, runAsOther) => {
    const ended = await runInstall(manager, { ...input, folder, runAsOther });
    if (!ended.ok) return ended;
    const text = manager.isLocked
      ? project.files.get(manager.lockfile)
      : await readRegularFile(
          join(folder, manager.lockfile),
          MAX_LOCKFILE_BYTES,
        );
    if (text === undefined) return failed(lockfileNotMade(manager));
    return ok(
      await use({
        folder,
        modules: await findModules(folder, project.folders),
        lockfile: { path: manager.lockfile, text },
        manager: await findManager(folder),
      }),
    );
  });
}

async function runInstall(
  manager: PackageManager,
  run: {
    folder: string;
    place: BuildPlace;
    runAsOther: RunAsOther;
    signal: AbortSignal;
    onOutput(line: string): void;
  },
): Promise<Result<void>> {
  const { folder, place, runAsOther, signal, onOutput } = run;
  const tail: string[] = [];
  const { code, exceeded, refused } = await runAsOther({
    command: manager.command,
    folder,
    env: manager.env,
    signal,
    onLine: line => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      onOutput(line);
    },
  });
  if (exceeded) return failed(limitExceeded(exceeded, place.limits));
  if (code === 0) return ok(undefined);
  if (refused) return failed(refused);
  return failed(notInstalled(manager, { code, tail, signal }));
}

/** Folders with installed packages. A package manager creates no folder without packages. */
async function findModules(
  folder: string,
  inside: readonly string[],
): Promise<string[]> {
  const root = await realpath(folder);
  const found: string[] = [];
  for (const each of inside) {
    const path = join(each, 'node_modules');
    const full = join(root, path);
    const stat = await lstat(full).catch(() => undefined);
    // An install script may have replaced a folder by a link.
    if (stat?.isDirectory() && (await realpath(full)) === full)
      found.push(path);
  }
  return found;
}

/** `npm exec` keeps its downloads in a folder per package. */
async function findManager(folder: string): Promise<string | undefined> {
  const kept = join(await realpath(folder), '.npm', '_npx');
  const [only] = await readdir(kept).catch(() => []);
  if (only === undefined) return undefined;
  const full = join(kept, only, 'node_modules');
  const stat = await lstat(full).catch(() => undefined);
  return stat?.isDirectory() && (await realpath(full)) === full
    ? full
    : undefined;
}

function notInstalled(
  { name, lockfile, isLocked }: PackageManager,
  {
    code,
    tail,
    signal,
  }: { code: number | null; tail: string[]; signal: AbortSignal },
): Problem {
  return {
    code: 'dependencies-not-installed',
    what: `Cannot install the dependencies of ${
      isLocked ? lockfile : 'package.json'
    }`,
    why: `${
      signal.aborted
        ? 'the time for the build was over'
        : `${name} ended with ${code ?? 'a signal'}`
    }${tail.length ? `: ${tail.join(' ')}` : ''}`.slice(0, 600),
    next: `Run the same with ${name} in a fresh clone, commit the lockfile that works, and push again`,
    transient: false,
  };
}

function lockfileNotMade({ name, lockfile }: PackageManager): Problem {
  return {
    code: 'lockfile-not-made',
    what: 'Cannot install the dependencies of package.json',
    why: `${name} wrote no ${lockfile}, so the versions are not known`,
    next: `Commit ${lockfile}, and push again`,
    transient: false,
  };
}

import { createHash } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Result, ok } from '@callboard/plugin-callboard-common';
import type { BuildOutput } from '@callboard/plugin-callboard-node';
import {
  type BuildPlace,
  type InstallPlan,
  type InstalledDependencies,
  installDependencies,
} from '@callboard/plugin-callboard-sandbox-node';

/** Installs dependencies into the folder of a bundle, and adds the lockfile where the install created it. */
export async function addDependencies(
  plan: InstallPlan,
  input: {
    /** The bundle, which is changed. */
    folder: string;
    /** Temporary folder of the install; must not exist yet. */
    workFolder: string;
    place: BuildPlace;
    signal: AbortSignal;
    onOutput(line: string): void;
  },
): Promise<Result<void>> {
  try {
    const installed = await installDependencies(plan, input, made =>
      copyInto(input.folder, plan, made),
    );
    return installed.ok ? ok(undefined) : installed;
  } finally {
    await rm(input.workFolder, { recursive: true, force: true });
  }
}

/** Describes the dependencies of a bundle for its release, read from the bundle. */
export async function describeDependencies(
  { manager, project, warnings }: InstallPlan,
  bundle: string,
): Promise<Pick<BuildOutput, 'warnings' | 'lockfile'>> {
  // A build step may have replaced the pushed file.
  const text = manager.isLocked
    ? project.files.get(manager.lockfile)!
    : await readFile(join(bundle, manager.lockfile));
  return {
    ...(warnings.length > 0 && { warnings }),
    lockfile: {
      path: manager.lockfile,
      digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
      isPushed: manager.isLocked,
    },
  };
}

async function copyInto(
  folder: string,
  { manager, project }: InstallPlan,
  { folder: from, modules, lockfile }: InstalledDependencies,
): Promise<void> {
  // A pushed `node_modules` may differ from the lockfile.
  for (const inside of project.folders)
    await rm(join(folder, inside, 'node_modules'), {
      recursive: true,
      force: true,
    });
  for (const path of modules)
    await cp(join(from, path), join(folder, path), {
      recursive: true,
      verbatimSymlinks: true,
    });
  if (manager.isLocked) return;
  // A pushed link of that name is not followed.
  await rm(join(folder, lockfile.path), { recursive: true, force: true });
  await writeFile(join(folder, lockfile.path), lockfile.text);
}

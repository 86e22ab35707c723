import { join } from 'node:path';
import { type Result, ok } from '@callboard/plugin-callboard-common';
import {
  type BuildPlace,
  type InstallPlan,
  type InstallRules,
  type InstalledDependencies,
  installDependencies,
  planInstall,
} from '@callboard/plugin-callboard-sandbox-node';
import { type InstalledPackage, listPackages } from '../evidence/listPackages';
import { packLayer } from '../layers/packLayer';
import { digestOf } from '../oci/digestOf';
import type { DependencyLayer, LayerCache } from './LayerCache';
import { dependencyEntries } from './planLayers';

/** The layer of dependencies, with warnings to show to people. */
export interface BuiltDependencies extends DependencyLayer {
  warnings: string[];
}

/**
 * Installs the production dependencies of a revision and packs them as a layer,
 * with the lockfile if the install created it. Installs again only when
 * manifest, lockfile, install method or Node.js changed. Undefined for
 * revisions without dependencies.
 */
export async function buildDependencies(input: {
  /** Folder of the revision. */
  folder: string;
  /** Folder for files of this build. */
  workFolder: string;
  place: BuildPlace;
  cache: LayerCache;
  architecture: string;
  rules: InstallRules;
  newId: () => string;
  now: Date;
  signal: AbortSignal;
  onOutput(line: string): void;
}): Promise<Result<BuiltDependencies | undefined>> {
  const { folder, cache, rules, newId } = input;
  const planned = await planInstall(folder, rules);
  if (!planned.ok) return planned;
  if (!planned.value) return ok(undefined);
  const plan = planned.value;
  const { warnings } = plan;
  const key = digestOf(JSON.stringify([plan.identity, input.architecture]));
  const known = await cache.findDependencies(key, input.now);
  if (known) return ok({ ...known, warnings });
  const made = await installDependencies(
    plan,
    { ...input, workFolder: join(input.workFolder, 'manifests') },
    installed => packDependencies(plan, installed, { cache, newId }),
  );
  if (!made.ok) return made;
  await cache.keepDependencies(key, made.value);
  return ok({ ...made.value, warnings });
}

async function packDependencies(
  { manager }: InstallPlan,
  installed: InstalledDependencies,
  { cache, newId }: { cache: LayerCache; newId: () => string },
): Promise<DependencyLayer> {
  const { path, text } = installed.lockfile;
  return {
    layer: await packLayer(
      await dependencyEntries(installed, {
        ...(!manager.isLocked && { lockfile: installed.lockfile }),
      }),
      { folder: cache.folder, newId },
    ),
    packages: await listAll(installed),
    manager: manager.name,
    lockfile: {
      path,
      digest: digestOf(text),
      isPushed: manager.isLocked,
    },
  };
}

async function listAll({
  folder,
  modules,
}: InstalledDependencies): Promise<InstalledPackage[]> {
  const found = new Map<string, InstalledPackage>();
  for (const path of modules)
    for (const each of await listPackages(join(folder, path)))
      found.set(`${each.name}@${each.version}`, each);
  return [...found.values()];
}

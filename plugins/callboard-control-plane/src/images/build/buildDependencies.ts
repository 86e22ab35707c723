import { join } from 'node:path';
import { type Result, ok } from '@callboard/plugin-callboard-common';
import type { BuildPlace } from '../../sandbox';
import { listPackages } from '../evidence/listPackages';
import { packLayer } from '../layers/packLayer';
import { installForImage } from '../node/installForImage';
import {
  type PackageManager,
  findPackageManager,
} from '../node/PackageManager';
import { type Project, readProject, writeProject } from '../node/project';
import { digestOf } from '../oci/digestOf';
import type { DependencyLayer, LayerCache } from './LayerCache';
import { dependencyEntries } from './planLayers';

/**
 * Installs the production dependencies of a revision as its lockfile says, and
 * packs them as a layer. An install is repeated only when manifest, lockfile, way
 * of installing or Node.js changed. Undefined for revisions without dependencies.
 */
export async function buildDependencies(input: {
  /** The revision. */
  folder: string;
  /** For files of this build. */
  workFolder: string;
  place: BuildPlace;
  cache: LayerCache;
  architecture: string;
  allowScripts: boolean;
  newId: () => string;
  now: Date;
  signal: AbortSignal;
  onOutput(line: string): void;
}): Promise<Result<DependencyLayer | undefined>> {
  const { folder, workFolder, place, cache, allowScripts, newId } = input;
  const project = await readProject(folder, { allowScripts });
  if (!project) return ok(undefined);
  const found = findPackageManager(project, { allowScripts });
  if (!found.ok) return found;
  if (!found.value) return ok(undefined);
  const manager = found.value;
  const key = keyOf(project, manager, input.architecture);
  const known = await cache.findDependencies(key, input.now);
  if (known) return ok(known);

  const manifests = join(workFolder, 'manifests');
  await writeProject(project, manifests);
  return place.use(manifests, async (own, runAsOther) => {
    const installed = await installForImage({
      folder: own,
      manager,
      runAsOther,
      limits: place.limits,
      signal: input.signal,
      onOutput: input.onOutput,
    });
    if (!installed.ok) return installed;
    const made: DependencyLayer = {
      layer: await packLayer(await dependencyEntries(own), {
        folder: cache.folder,
        newId,
      }),
      packages: await listPackages(join(own, 'node_modules')),
      manager: manager.name,
      lockfile: {
        path: manager.lockfile,
        digest: digestOf(project.files.get(manager.lockfile)!),
      },
    };
    await cache.keepDependencies(key, made);
    return ok(made);
  });
}

function keyOf(
  { files }: Project,
  { command, env }: PackageManager,
  architecture: string,
): string {
  return digestOf(
    JSON.stringify([
      [...files],
      command,
      env,
      process.versions.node,
      architecture,
    ]),
  );
}

import { createHash } from 'node:crypto';
import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import {
  type BuildInput,
  type BuildOutput,
  nameBuiltImages,
} from '@callboard/plugin-callboard-node';
import {
  type BuildPlace,
  type InstallPlan,
  type PackageRegistry,
  findStartCommand,
  needsStartCommand,
  noStartCommand,
  planInstall,
  readStartHints,
} from '@callboard/plugin-callboard-sandbox-node';
import { addDependencies, describeDependencies } from './addDependencies';
import type { BundleStore } from './BundleStore';
import { formatBundleImage } from './bundleImage';
import { digestFolder } from './digestFolder';

/**
 * Keeps a pushed revision as a folder that runs as a process on this machine.
 * Makes no image and needs no registry.
 */
export async function buildBundle(
  { app, folder, workloads, signal, onOutput }: BuildInput,
  deps: {
    store: BundleStore;
    place: BuildPlace;
    /** Package registries that revisions may name; none when omitted. */
    registries?: readonly PackageRegistry[];
  },
): Promise<Result<BuildOutput>> {
  const { store, place, registries = [] } = deps;
  if (
    needsStartCommand(workloads) &&
    !findStartCommand(await readStartHints(folder))
  ) {
    return failed(
      noStartCommand(
        'neither Procfile nor package.json says how, and there is no index.html',
      ),
    );
  }
  const planned = await planInstall(folder, {
    allowScripts: false,
    registries,
  });
  if (!planned.ok) return planned;
  const plan = planned.value;
  const image = { app, digest: await digestBundle(folder, plan) };
  if (!(await store.find(image))) {
    const installed = plan
      ? await addDependencies(plan, {
          folder,
          workFolder: `${folder}.manifests`,
          place,
          signal,
          onOutput,
        })
      : ok(undefined);
    if (!installed.ok) return installed;
    await store.add(image, folder);
  }
  const bundle = await store.find(image);
  return ok({
    images: nameBuiltImages(workloads, formatBundleImage(image)),
    ...(plan && bundle && (await describeDependencies(plan, bundle))),
  });
}

/** The same files installed in the same way are the same bundle. */
async function digestBundle(
  folder: string,
  plan: InstallPlan | undefined,
): Promise<string> {
  const code = await digestFolder(folder);
  return plan
    ? createHash('sha256').update(`${code}\n${plan.identity}`).digest('hex')
    : code;
}

import { createHash } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import {
  type BuildInput,
  type BuildOutput,
  nameBuiltImages,
} from '@callboard/plugin-callboard-node';
import {
  type BuildPlace,
  type BuildStep,
  type FolderCache,
  type InstallPlan,
  type PackageRegistry,
  digestFolder,
  findStartCommand,
  needsStartCommand,
  noStartCommand,
  planBuildStep,
  planInstall,
  readStartHints,
  runBuildStep,
} from '@callboard/plugin-callboard-sandbox-node';
import { addDependencies, describeDependencies } from './addDependencies';
import type { BundleStore } from './BundleStore';
import { formatBundleImage } from './bundleImage';

/**
 * Stores a pushed revision as a folder that runs as a process on this machine.
 * Creates no image and needs no registry.
 */
export async function buildBundle(
  input: BuildInput,
  deps: {
    store: BundleStore;
    place: BuildPlace;
    /** Holds dependencies of build steps. */
    cache: FolderCache;
    /** Package registries that revisions may name; none when omitted. */
    registries?: readonly PackageRegistry[];
  },
): Promise<Result<BuildOutput>> {
  const { app, folder, workloads, settings } = input;
  const { store, registries = [] } = deps;
  const rules = { allowScripts: false, registries };
  const step = await planBuildStep(folder, {
    rules,
    ...(settings && { settings }),
  });
  if (!step.ok) return step;
  const planned = await planInstall(folder, rules);
  if (!planned.ok) return planned;
  const plan = planned.value;
  const image = { app, digest: await digestBundle(folder, plan, step.value) };
  if (!(await store.find(image))) {
    const made = await makeBundle(input, deps, { plan, step: step.value });
    if (!made.ok) return made;
    await store.add(image, made.value);
  }
  const bundle = await store.find(image);
  return ok({
    images: nameBuiltImages(workloads, formatBundleImage(image)),
    ...(plan && bundle && (await describeDependencies(plan, bundle))),
  });
}

/**
 * @returns the folder of the bundle, which belongs to the builder
 */
async function makeBundle(
  { folder, workloads, signal, onOutput }: BuildInput,
  { place, cache }: { place: BuildPlace; cache: FolderCache },
  {
    plan,
    step,
  }: { plan: InstallPlan | undefined; step: BuildStep | undefined },
): Promise<Result<string>> {
  const workFolder = `${folder}.manifests`;
  const to = `${folder}.built`;
  const work = { workFolder, place, signal, onOutput };
  try {
    if (step) {
      const built = await runBuildStep(step, { ...work, folder, to, cache });
      if (!built.ok) return built;
      await rm(folder, { recursive: true });
      await rename(to, folder);
    }
    const hints = await readStartHints(folder);
    if (needsStartCommand(workloads) && !findStartCommand(hints))
      return failed(noStartCommand(hints.paths, 'never'));
    const installed = plan
      ? await addDependencies(plan, { ...work, folder })
      : ok(undefined);
    return installed.ok ? ok(folder) : installed;
  } finally {
    await rm(to, { recursive: true, force: true });
  }
}

/** The same files installed in the same way give the same digest. */
async function digestBundle(
  folder: string,
  plan: InstallPlan | undefined,
  step: BuildStep | undefined,
): Promise<string> {
  const code = step?.digest ?? (await digestFolder(folder));
  return plan
    ? createHash('sha256').update(`${code}\n${plan.identity}`).digest('hex')
    : code;
}

import { createHash } from 'node:crypto';
import {
  type Result,
  type ScoreWorkload,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type BuildInput,
  type BuildOutput,
  type BuildPlace,
  type Builder,
  type InstallPlan,
  type Isolation,
  type PackageRegistry,
  findStartCommand,
  mayHaveStartCommand,
  nameBuiltImages,
  needsStartCommand,
  planInstall,
  readStartHints,
} from '@callboard/plugin-callboard-control-plane';
import { addDependencies, describeDependencies } from './addDependencies';
import { BundleStorage } from './BundleStorage';
import type { BundleStore } from './BundleStore';
import { checkPusher } from './checkPusher';
import { formatBundleImage } from './bundleImage';
import { digestFolder } from './digestFolder';

/**
 * The playground's builder: keeps a pushed revision as a folder that runs as a
 * process on this machine. Makes no image and needs no registry.
 */
export class BundleBuilder implements Builder {
  readonly name = 'bundle';
  readonly clusters = ['playground'] as const;
  readonly storage: BundleStorage;
  readonly #store: BundleStore;
  readonly #place: BuildPlace;
  readonly #isolation: Isolation;
  readonly #localUser: string;
  readonly #registries: readonly PackageRegistry[];

  /** @param options.localUser - the person at the terminal: without isolation nobody else may push */
  constructor(options: {
    store: BundleStore;
    place: BuildPlace;
    isolation: Isolation;
    localUser: string;
    /** Package registries that revisions may name; none when omitted. */
    packageRegistries?: readonly PackageRegistry[];
  }) {
    this.#store = options.store;
    this.storage = new BundleStorage(options.store);
    this.#place = options.place;
    this.#isolation = options.isolation;
    this.#localUser = options.localUser;
    this.#registries = options.packageRegistries ?? [];
  }

  check({
    actor,
    workloads,
    paths,
  }: {
    actor: string;
    workloads: ScoreWorkload[];
    paths: readonly string[];
  }): Result<void> {
    const allowed = checkPusher(actor, {
      isolation: this.#isolation,
      localUser: this.#localUser,
    });
    if (!allowed.ok) return allowed;
    if (
      paths.includes('Dockerfile') &&
      !mayHaveStartCommand(paths) &&
      needsStartCommand(workloads)
    ) {
      return failed(
        noStartCommand(
          'the playground builds no Dockerfile, and nothing else says how to start it',
        ),
      );
    }
    if (needsStartCommand(workloads) && !mayHaveStartCommand(paths)) {
      return failed(
        noStartCommand(
          'the repository holds no Procfile, package.json, server.js or index.html',
        ),
      );
    }
    return ok(undefined);
  }

  async build({
    app,
    folder,
    workloads,
    signal,
    onOutput,
  }: BuildInput): Promise<Result<BuildOutput>> {
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
      registries: this.#registries,
    });
    if (!planned.ok) return planned;
    const plan = planned.value;
    const image = { app, digest: await digestBundle(folder, plan) };
    if (!(await this.#store.find(image))) {
      const installed = plan
        ? await addDependencies(plan, {
            folder,
            workFolder: `${folder}.manifests`,
            place: this.#place,
            signal,
            onOutput,
          })
        : ok(undefined);
      if (!installed.ok) return installed;
      await this.#store.add(image, folder);
    }
    const bundle = await this.#store.find(image);
    return ok({
      images: nameBuiltImages(workloads, formatBundleImage(image)),
      ...(plan && bundle && (await describeDependencies(plan, bundle))),
    });
  }
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

function noStartCommand(why: string) {
  return {
    code: 'no-start-command',
    what: 'Cannot tell how to start the pushed code',
    why,
    next: 'Add a Procfile with a line like "web: node server.js", or "command" to the container in score.yaml',
    transient: false,
  };
}

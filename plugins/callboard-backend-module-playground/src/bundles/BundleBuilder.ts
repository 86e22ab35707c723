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
  findStartCommand,
  mayHaveStartCommand,
  nameBuiltImages,
  needsStartCommand,
  readStartHints,
} from '@callboard/plugin-callboard-control-plane';
import type { BundleStore } from './BundleStore';
import { formatBundleImage } from './bundleImage';
import { digestFolder } from './digestFolder';
import { installDependencies } from './installDependencies';

/**
 * The playground's builder: keeps a pushed revision as a folder that runs as a
 * process on this machine. Makes no image and needs no registry.
 */
export class BundleBuilder implements Builder {
  readonly name = 'bundle';
  readonly clusters = ['playground'] as const;
  readonly #store: BundleStore;
  readonly #place: BuildPlace;

  constructor(options: { store: BundleStore; place: BuildPlace }) {
    this.#store = options.store;
    this.#place = options.place;
  }

  check({
    workloads,
    paths,
  }: {
    workloads: ScoreWorkload[];
    paths: readonly string[];
  }): Result<void> {
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
    const image = { app, digest: await digestFolder(folder) };
    const images = nameBuiltImages(workloads, formatBundleImage(image));
    if (await this.#store.find(image)) return ok({ images });
    return this.#place.use(folder, async (own, runAsOther) => {
      const installed = await installDependencies({
        folder: own,
        runAsOther,
        limits: this.#place.limits,
        signal,
        onOutput,
      });
      if (!installed.ok) return installed;
      await this.#store.add(image, own);
      return ok({ images });
    });
  }
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

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Result,
  type ScoreWorkload,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type BuildInput,
  type BuildOutput,
  type Builder,
  type StartCommand,
  findStartCommand,
  mayHaveStartCommand,
  readStartHints,
} from '../../builds';
import type { BuildPlace } from '../../sandbox';
import { type BaseImage, ensureOwnBaseImage, readBaseImage } from '../base';
import { listPackages } from '../evidence/listPackages';
import { type Layer, packLayer } from '../layers/packLayer';
import { installForImage } from '../node/installForImage';
import {
  type PackageManager,
  findPackageManager,
} from '../node/PackageManager';
import { digestOf } from '../oci/digestOf';
import {
  formatImageReference,
  parseImageReference,
} from '../oci/ImageReference';
import type { ImageConfig } from '../oci/types';
import { type RegistryOptions, RegistrySession } from '../registry';
import {
  type DependencyLayer,
  findDependencyLayer,
  keepDependencyLayer,
} from './dependencyCache';
import { pushEvidence } from './pushEvidence';
import { pushImage } from './pushImage';
import {
  appEntries,
  dependencyEntries,
  entrypointOf,
  runtimeEntries,
} from './planLayers';

export interface ImageBuilderOptions
  extends Pick<
    RegistryOptions,
    'insecure' | 'credentials' | 'pause' | 'random'
  > {
  /** Host, port and the path in front of every repository: `registry.example.com:5000/apps`. */
  registry: string;
  /** Without it one is made of this machine's Node.js and pushed beside the images. */
  baseImage?: string;
  /** Install scripts of dependencies run where this is true. */
  allowScripts?: boolean;
  /** The Node.js that own base images hold. */
  node: string;
  architecture: 'amd64' | 'arm64';
  place: BuildPlace;
  /** Folder for layers between builds. */
  folder: string;
  newId: () => string;
}

/**
 * Makes an OCI image of a pushed revision and pushes it, in this process and
 * without a container engine. The same revision gives the same digest anywhere;
 * what a registry has is not sent again.
 */
export class ImageBuilder implements Builder {
  readonly name = 'image';
  readonly #options: ImageBuilderOptions;
  readonly #host: string;
  readonly #prefix: string;

  constructor(options: ImageBuilderOptions) {
    this.#options = options;
    const slash = options.registry.indexOf('/');
    this.#host =
      slash < 0 ? options.registry : options.registry.slice(0, slash);
    this.#prefix =
      slash < 0
        ? ''
        : `${options.registry.slice(slash + 1).replace(/\/+$/, '')}/`;
  }

  check({
    workloads,
    paths,
  }: {
    workloads: ScoreWorkload[];
    paths: readonly string[];
  }): Result<void> {
    if (paths.includes('Dockerfile')) return failed(dockerfileUnsupported());
    return needsStartCommand(workloads) && !mayHaveStartCommand(paths)
      ? failed(noStartCommand())
      : ok(undefined);
  }

  async build({
    app,
    revision,
    folder,
    workloads,
    signal,
    onOutput,
  }: BuildInput): Promise<Result<BuildOutput>> {
    const start = findStartCommand(await readStartHints(folder));
    if (needsStartCommand(workloads) && !start) return failed(noStartCommand());
    const target = this.#sessionTo(this.#host);
    const base = await this.#findBase(target, signal);
    if (!base.ok) return base;
    const dependencies = await this.#buildDependencies(
      folder,
      signal,
      onOutput,
    );
    if (!dependencies.ok) return dependencies;
    const layers = [
      await this.#pack(await runtimeEntries()),
      ...(dependencies.value ? [dependencies.value.layer] : []),
      await this.#pack(await appEntries(folder)),
    ];
    const repository = `${this.#prefix}${app}`;
    const pushed = await pushImage(target, {
      repository,
      tag: revision.slice(0, 12),
      base: base.value,
      baseSession: this.#sessionTo(base.value.registry),
      layers,
      config: this.#configOf({
        app,
        revision,
        start,
        base: base.value,
        layers,
      }),
      folder: this.#options.folder,
      newId: this.#options.newId,
      signal,
    });
    if (!pushed.ok) return pushed;
    const evidence = await pushEvidence(target, {
      repository,
      image: pushed.value.descriptor,
      app,
      revision,
      base: base.value,
      dependencies: dependencies.value,
      signal,
    });
    if (!evidence.ok) return evidence;
    onOutput(`image pushed, ${describeBytes(pushed.value.movedBytes)} sent`);
    const image = formatImageReference({
      registry: this.#host,
      repository,
      digest: pushed.value.descriptor.digest,
    });
    return ok({ images: imagesOf(workloads, image) });
  }

  #sessionTo(registry: string): RegistrySession {
    const { insecure, credentials, pause, random } = this.#options;
    // Credentials and plain HTTP are meant for the registry of the images alone.
    return new RegistrySession(
      registry === this.#host
        ? { registry, insecure, credentials, pause, random }
        : { registry, pause, random },
    );
  }

  async #findBase(
    target: RegistrySession,
    signal: AbortSignal,
  ): Promise<Result<BaseImage>> {
    const { baseImage, architecture, node, folder, newId } = this.#options;
    if (!baseImage) {
      return ensureOwnBaseImage(target, {
        repository: `${this.#prefix}callboard-base`,
        node,
        architecture,
        folder,
        newId,
        signal,
      });
    }
    const parsed = parseImageReference(baseImage);
    if (!parsed.ok) return parsed;
    const { registry, repository, tag, digest } = parsed.value;
    return readBaseImage(this.#sessionTo(registry), {
      repository,
      reference: digest ?? tag ?? 'latest',
      architecture,
      signal,
    });
  }

  /** Undefined for revisions without dependencies. An install is repeated only when manifest, lockfile or Node.js changed. */
  async #buildDependencies(
    folder: string,
    signal: AbortSignal,
    onOutput: (line: string) => void,
  ): Promise<Result<DependencyLayer | undefined>> {
    const project = await readProject(folder);
    if (!project) return ok(undefined);
    const manager = findPackageManager(project, {
      allowScripts: this.#options.allowScripts === true,
    });
    if (!manager.ok) return manager;
    if (!manager.value) return ok(undefined);
    const { lockfile, key } = await this.#dependencyKey(folder, manager.value);
    const known = await findDependencyLayer(this.#options.folder, key);
    if (known) return ok(known);
    const own = join(
      this.#options.folder,
      `manifests-${this.#options.newId()}`,
    );
    await copyManifests(folder, own, project.paths);
    return this.#options.place.use(own, async (place, runAsOther) => {
      const installed = await installForImage({
        folder: place,
        manager: manager.value!,
        runAsOther,
        signal,
        onOutput,
      });
      if (!installed.ok) return installed;
      const made: DependencyLayer = {
        layer: await this.#pack(await dependencyEntries(place)),
        packages: await listPackages(join(place, 'node_modules')),
        manager: manager.value!.name,
        lockfile,
      };
      await keepDependencyLayer(this.#options.folder, key, made);
      return ok(made);
    });
  }

  async #dependencyKey(folder: string, manager: PackageManager) {
    const text = await readFile(join(folder, manager.lockfile));
    const lockfile = { path: manager.lockfile, digest: digestOf(text) };
    const manifest = digestOf(await readFile(join(folder, 'package.json')));
    const key = digestOf(
      JSON.stringify([
        manager.command,
        lockfile.digest,
        manifest,
        process.versions.node,
        this.#options.architecture,
      ]),
    );
    return { lockfile, key };
  }

  #pack(entries: Parameters<typeof packLayer>[0]): Promise<Layer> {
    return packLayer(entries, {
      folder: this.#options.folder,
      newId: this.#options.newId,
    });
  }

  #configOf(input: {
    app: string;
    revision: string;
    start?: StartCommand;
    base: BaseImage;
    layers: readonly Layer[];
  }): ImageConfig {
    const { app, revision, start, base, layers } = input;
    const entrypoint = entrypointOf(start);
    return {
      architecture: base.config.architecture,
      os: base.config.os,
      config: {
        ...base.config.config,
        User: base.config.config.User || '65532:65532',
        WorkingDir: '/workspace',
        Entrypoint: entrypoint.length
          ? entrypoint
          : base.config.config.Entrypoint,
        Cmd: entrypoint.length ? [] : base.config.config.Cmd,
        Labels: {
          ...base.config.config.Labels,
          'org.opencontainers.image.title': app,
          'org.opencontainers.image.revision': revision,
          'org.opencontainers.image.base.name': `${base.registry}/${base.repository}`,
          'org.opencontainers.image.base.digest': base.digest,
        },
      },
      rootfs: {
        type: 'layers',
        diff_ids: [
          ...base.config.rootfs.diff_ids,
          ...layers.map(({ diffId }) => diffId),
        ],
      },
    };
  }
}

const MANIFESTS = [
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
];

async function readProject(folder: string) {
  const present = await Promise.all(
    MANIFESTS.map(
      async path =>
        [
          path,
          await readFile(join(folder, path), 'utf8').catch(() => undefined),
        ] as const,
    ),
  );
  const texts = new Map(
    present.flatMap(([path, text]) =>
      text === undefined ? [] : [[path, text] as const],
    ),
  );
  const packageJson = texts.get('package.json');
  return packageJson === undefined
    ? undefined
    : {
        paths: [...texts.keys()],
        packageJson,
        yarnLock: texts.get('yarn.lock'),
      };
}

/** The install sees manifests only: a change of the code cannot change the layer of dependencies. */
async function copyManifests(
  from: string,
  to: string,
  paths: readonly string[],
): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const path of paths)
    await writeFile(join(to, path), await readFile(join(from, path)));
}

function needsStartCommand(workloads: ScoreWorkload[]): boolean {
  return workloads.some(({ containers }) =>
    Object.values(containers).some(
      ({ image, command }) => image === '.' && !command?.length,
    ),
  );
}

function imagesOf(
  workloads: ScoreWorkload[],
  image: string,
): BuildOutput['images'] {
  return Object.fromEntries(
    workloads.map(({ metadata, containers }) => [
      metadata.name,
      Object.fromEntries(
        Object.keys(containers)
          .filter(name => containers[name].image === '.')
          .map(name => [name, image]),
      ),
    ]),
  );
}

function describeBytes(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.ceil(bytes / 1024)} kB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function noStartCommand() {
  return {
    code: 'no-start-command',
    what: 'Cannot tell how to start the pushed code',
    why: 'there is no Procfile, no start script in package.json, no server.js and no index.html',
    next: 'Add a Procfile with a line like "web: node server.js", or "command" to the container in score.yaml',
    transient: false,
  };
}

function dockerfileUnsupported() {
  return {
    code: 'dockerfile-needs-buildkit',
    what: 'Cannot build the Dockerfile of this repository',
    why: 'no BuildKit is configured for this portal',
    next: 'Remove the Dockerfile to have Callboard build Node.js or static files itself, or ask the platform team',
    transient: false,
  };
}

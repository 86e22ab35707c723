import { lstat, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  describeBytes,
  failed,
  ok,
  type Result,
} from '@callboard/plugin-callboard-common';
import {
  type BuildInput,
  type BuildOutput,
  type Builder,
  nameBuiltImages,
} from '@callboard/plugin-callboard-node';
import {
  type BuildPlace,
  FolderCache,
  type PackageRegistry,
  findStartCommand,
  mayHaveStartCommand,
  needsStartCommand,
  noStartCommand,
  planBuildStep,
  readStartHints,
  runBuildStep,
} from '@callboard/plugin-callboard-sandbox-node';
import { type BaseImage, ensureOwnBaseImage, readBaseImage } from '../base';
import { type BuildkitClient, buildDockerfile } from '../buildkit';
import { type Layer, packLayer } from '../layers/packLayer';
import {
  formatImageReference,
  parseImageReference,
} from '../oci/ImageReference';
import {
  type RegistryCredentials,
  type RegistryOptions,
  RegistrySession,
} from '../registry';
import { buildDependencies } from './buildDependencies';
import { dockerfileUnsupported } from './buildProblems';
import { type DependencyLayer, LayerCache } from './LayerCache';
import { appEntries, runtimeEntries } from './planLayers';
import { pushEvidence } from './pushEvidence';
import { pushImage } from './pushImage';
import { type OwnProgram, pushProgram } from './pushProgram';
import { RegistryStorage } from './RegistryStorage';
import { readEvidence } from './readEvidence';
import { renderConfig } from './renderConfig';
import { tagOf } from './tagOf';

export interface ImageBuilderOptions
  extends Pick<RegistryOptions, 'insecure' | 'pause' | 'random'> {
  /** Host, port and the path in front of every repository: `registry.example.com:5000/apps`. */
  registry: string;
  /** Called before each build: credentials may change while the process runs. */
  credentials?(): RegistryCredentials | undefined;
  /** Builds repositories with a Dockerfile; without it such repositories are refused. */
  buildkit?: BuildkitClient;
  /** When omitted, one is built from this machine's Node.js and pushed beside the images. */
  baseImage?: string;
  /** Whether install scripts of dependencies run. */
  allowScripts?: boolean;
  /** Package registries that revisions may use; none when omitted. */
  packageRegistries?: readonly PackageRegistry[];
  /** Path of the Node.js that own base images contain. */
  node: string;
  architecture: 'amd64' | 'arm64';
  place: BuildPlace;
  /** Folder for layers between builds, and for temporary files. */
  folder: string;
  newId: () => string;
  clock: { now(): Date };
}

/**
 * Builds an OCI image of a pushed revision and pushes it, in this process and
 * without a container engine. The same revision gives the same digest on any
 * machine; blobs that the registry has are not sent again.
 */
export class ImageBuilder implements Builder {
  readonly name = 'image';
  readonly clusters = [
    'agent',
    'kubeconfig',
    'inventory',
    'backstage',
  ] as const;
  readonly #options: ImageBuilderOptions;
  readonly #host: string;
  /** Path in front of every repository, with its slash; empty when there is none. */
  readonly #prefix: string;
  readonly #cache: LayerCache;
  /** Dependencies of build steps, and their output. */
  readonly #folders: FolderCache;
  readonly storage: RegistryStorage;

  constructor(options: ImageBuilderOptions) {
    const [host, ...path] = options.registry
      .replace(/(?<!\/)\/+$/, '')
      .split('/');
    this.#options = options;
    this.#host = host;
    this.#prefix = path.map(part => `${part}/`).join('');
    this.#cache = new LayerCache(join(options.folder, 'layers'));
    this.#folders = new FolderCache({
      folder: join(options.folder, 'built'),
      newId: options.newId,
      clock: options.clock,
    });
    this.storage = new RegistryStorage({
      open: () => this.#sessionTo(host),
      prefix: `${host}/${this.#prefix}`,
    });
  }

  check({
    workloads,
    paths,
  }: Parameters<NonNullable<Builder['check']>>[0]): Result<void> {
    if (paths.includes('Dockerfile'))
      return this.#options.buildkit
        ? ok(undefined)
        : failed(dockerfileUnsupported());
    return needsStartCommand(workloads) && !mayHaveStartCommand(paths)
      ? failed(noStartCommand(paths, this.#dockerfiles))
      : ok(undefined);
  }

  async build(input: BuildInput): Promise<Result<BuildOutput>> {
    const { newId, clock, folder } = this.#options;
    const workFolder = join(folder, 'builds', newId());
    await mkdir(workFolder, { recursive: true, mode: 0o700 });
    try {
      return await this.#buildIn(workFolder, input);
    } finally {
      await rm(workFolder, { recursive: true, force: true });
      await this.#cache.prune(clock.now());
      await this.#folders.prune();
    }
  }

  /**
   * Builds an image of one of Callboard's own programs: a few files that
   * Node.js runs, and nothing else beside the base. The same files on the same
   * base give the same image; one that the registry has is not pushed again.
   *
   * @returns its full name, by digest
   */
  async pushProgram(
    program: OwnProgram,
    signal: AbortSignal,
  ): Promise<Result<string>> {
    const { newId, folder } = this.#options;
    const workFolder = join(folder, 'builds', newId());
    await mkdir(workFolder, { recursive: true, mode: 0o700 });
    try {
      const target = this.#sessionTo(this.#host);
      const base = await this.#findBase(target, { workFolder, signal });
      if (!base.ok) return base;
      const digest = await pushProgram(target, program, {
        repository: `${this.#prefix}${program.name}`,
        base: base.value,
        baseSession: this.#sessionTo(base.value.registry),
        workFolder,
        cacheFolder: this.#cache.folder,
        newId,
        signal,
      });
      if (!digest.ok) return digest;
      return ok(
        formatImageReference({
          registry: this.#host,
          repository: `${this.#prefix}${program.name}`,
          digest: digest.value,
        }),
      );
    } finally {
      await rm(workFolder, { recursive: true, force: true });
    }
  }

  readEvidence(
    document: { image: string; digest: string },
    signal: AbortSignal,
  ): Promise<Result<readonly Uint8Array[]>> {
    return readEvidence(this.#sessionTo(this.#host), document, signal);
  }

  async #buildIn(
    workFolder: string,
    input: BuildInput,
  ): Promise<Result<BuildOutput>> {
    const { app, revision, folder, workloads, signal, onOutput } = input;
    const { buildkit } = this.#options;
    if (await hasDockerfile(folder))
      return buildkit
        ? this.#buildDockerfile(buildkit, input)
        : failed(dockerfileUnsupported());
    const made = await this.#runBuildStep(workFolder, input);
    if (!made.ok) return made;
    const hints = await readStartHints(made.value);
    const start = findStartCommand(hints);
    if (needsStartCommand(workloads) && !start)
      return failed(noStartCommand(hints.paths, this.#dockerfiles));
    const { place, architecture, newId, clock } = this.#options;
    const { allowScripts = false, packageRegistries = [] } = this.#options;
    const target = this.#sessionTo(this.#host);
    const base = await this.#findBase(target, { workFolder, signal });
    if (!base.ok) return base;
    const dependencies = await buildDependencies({
      folder,
      workFolder,
      place,
      cache: this.#cache,
      architecture,
      rules: { allowScripts, registries: packageRegistries },
      newId,
      now: clock.now(),
      signal,
      onOutput,
    });
    if (!dependencies.ok) return dependencies;
    const pack = (entries: Parameters<typeof packLayer>[0]): Promise<Layer> =>
      packLayer(entries, { folder: workFolder, newId });
    const layers = [
      await pack(await runtimeEntries()),
      ...(dependencies.value ? [dependencies.value.layer] : []),
      await pack(await appEntries(made.value)),
    ];
    const repository = `${this.#prefix}${app}`;
    const pushed = await pushImage(target, {
      repository,
      tag: tagOf(input),
      base: base.value,
      baseSession: this.#sessionTo(base.value.registry),
      layers,
      config: renderConfig({ app, revision, start, base: base.value, layers }),
      folder: this.#cache.folder,
      newId,
      signal,
    });
    if (!pushed.ok) return pushed;
    const { descriptor, movedBytes } = pushed.value;
    const evidence = await pushEvidence(target, {
      repository,
      image: descriptor,
      about: describeBuild(input, base.value, dependencies.value),
      signal,
    });
    if (!evidence.ok) return evidence;
    onOutput(`image pushed, ${describeBytes(movedBytes)} sent`);
    const image = formatImageReference({
      registry: this.#host,
      repository,
      digest: descriptor.digest,
    });
    return ok({
      images: nameBuiltImages(workloads, image),
      evidence: [evidence.value],
      ...(dependencies.value && {
        warnings: dependencies.value.warnings,
        lockfile: dependencies.value.lockfile,
      }),
    });
  }

  get #dockerfiles(): 'built' | 'not-configured' {
    return this.#options.buildkit ? 'built' : 'not-configured';
  }

  /**
   * Returns the output of the revision's build step; the pushed files when
   * there is none. The same revision is built once.
   */
  async #runBuildStep(
    workFolder: string,
    { folder, settings, signal, onOutput }: BuildInput,
  ): Promise<Result<string>> {
    const { place } = this.#options;
    const { allowScripts = false, packageRegistries = [] } = this.#options;
    const planned = await planBuildStep(folder, {
      rules: { allowScripts, registries: packageRegistries },
      ...(settings && { settings }),
    });
    if (!planned.ok) return planned;
    const step = planned.value;
    if (!step) return ok(folder);
    return this.#folders.find(step.digest, to =>
      runBuildStep(step, {
        folder,
        to,
        workFolder: join(workFolder, 'tools'),
        place,
        cache: this.#folders,
        signal,
        onOutput,
      }),
    );
  }

  async #buildDockerfile(
    buildkit: BuildkitClient,
    input: BuildInput,
  ): Promise<Result<BuildOutput>> {
    const { insecure, credentials, architecture, newId } = this.#options;
    return buildDockerfile(buildkit, {
      ...input,
      session: this.#sessionTo(this.#host),
      repository: `${this.#prefix}${input.app}`,
      insecure: insecure === true,
      credentials: credentials?.(),
      architecture,
      cacheFolder: this.#cache.folder,
      newId,
    });
  }

  #sessionTo(registry: string): RegistrySession {
    const { insecure, pause, random } = this.#options;
    if (registry !== this.#host)
      return new RegistrySession({ registry, pause, random });
    // Credentials and plain HTTP apply only to the registry of the images.
    const credentials = this.#options.credentials?.();
    return new RegistrySession({
      registry,
      insecure,
      ...(credentials && { credentials }),
      pause,
      random,
    });
  }

  async #findBase(
    target: RegistrySession,
    { workFolder, signal }: { workFolder: string; signal: AbortSignal },
  ): Promise<Result<BaseImage>> {
    const { baseImage, architecture, node, newId } = this.#options;
    if (!baseImage) {
      return ensureOwnBaseImage(target, {
        repository: `${this.#prefix}callboard-base`,
        node,
        architecture,
        folder: workFolder,
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
}

function describeBuild(
  { app, revision }: BuildInput,
  base: BaseImage,
  dependencies: DependencyLayer | undefined,
): Parameters<typeof pushEvidence>[1]['about'] {
  return {
    app,
    revision,
    bases: [
      { name: `${base.registry}/${base.repository}`, digest: base.digest },
    ],
    ...(base.node !== undefined && { node: base.node }),
    packages: dependencies?.packages ?? [],
    builder: 'image',
    tools: {
      node: process.versions.node,
      ...(dependencies && { packageManager: dependencies.manager }),
    },
    ...(dependencies && { lockfile: dependencies.lockfile }),
  };
}

async function hasDockerfile(folder: string): Promise<boolean> {
  const found = await lstat(join(folder, 'Dockerfile')).catch(() => undefined);
  return found !== undefined;
}

import { createHash } from 'node:crypto';
import { LABELS } from '@callboard/plugin-callboard-common';
import type {
  ContainerStart,
  ContainerUsage,
  PodRuntime,
  ReachableService,
  RunningContainer,
} from '@callboard/sim';
import {
  type BundleImage,
  type BundleStore,
  parseBundleImage,
} from '../bundles';
import { BundleProgram } from './BundleProgram';
import { ProgramProcess } from './ProgramProcess';
import { DEFAULT_RUN_LIMITS, type RunLimits } from './RunLimits';
import { RunWatch } from './RunWatch';
import type { RunArea } from '@callboard/plugin-callboard-sandbox-node';

/** A process and the instances that share it. */
interface SharedProcess {
  process: ProgramProcess;
  sharers: Set<ContainerStart>;
  /** The exit is expected: it is not reported. */
  stopping: { isWanted: boolean };
}

/**
 * Runs containers whose image is a pushed bundle as processes of this machine.
 * Instances of one workload, cluster and configuration share one process.
 */
export class ProcessRuntime implements PodRuntime {
  readonly name = 'bundle';
  readonly #store: BundleStore;
  readonly #area: RunArea;
  readonly #newId: () => string;
  readonly #limits: RunLimits;
  readonly #watch = new RunWatch();
  readonly #running = new Map<string, SharedProcess>();

  constructor(options: {
    store: BundleStore;
    area: RunArea;
    newId: () => string;
    /** Limits of workloads that set none. */
    limits?: Partial<RunLimits>;
  }) {
    this.#limits = { ...DEFAULT_RUN_LIMITS, ...options.limits };
    this.#store = options.store;
    this.#area = options.area;
    this.#newId = options.newId;
  }

  runs(image: string): boolean {
    return parseBundleImage(image) !== undefined;
  }

  start(input: ContainerStart): RunningContainer {
    const image = parseBundleImage(input.image);
    if (!image) throw new Error(`${input.image} is not a bundle`);
    const key = shareKey(input);
    const shared =
      this.#running.get(key) ?? this.#startProcess(key, image, input);
    shared.sharers.add(input);
    return {
      addressOf: port => shared.process.addressOf(port),
      exec: (command, timeoutMs) => shared.process.exec(command, timeoutMs),
      usage: () => usageOfOne(shared),
      stop: async graceMs => {
        if (shared.sharers.size > 1 || !shared.sharers.has(input)) {
          shared.sharers.delete(input);
          return;
        }
        // The last instance still receives the last lines of output.
        shared.stopping.isWanted = true;
        if (this.#running.get(key) === shared) this.#running.delete(key);
        await shared.process.stop(graceMs);
      },
    };
  }

  /** Stops all processes; used when the portal stops. */
  async stopAll(graceMs: number): Promise<void> {
    const all = [...this.#running.values()];
    this.#running.clear();
    await Promise.all(all.map(({ process }) => process.stop(graceMs)));
  }

  #startProcess(
    key: string,
    image: BundleImage,
    input: ContainerStart,
  ): SharedProcess {
    const sharers = new Set<ContainerStart>();
    const stopping = { isWanted: false };
    const end = (notify: (sharer: ContainerStart) => void) => {
      if (this.#running.get(key)?.sharers === sharers)
        this.#running.delete(key);
      if (stopping.isWanted) return;
      for (const sharer of [...sharers]) notify(sharer);
    };
    const process = new ProgramProcess(
      {
        ...input,
        id: this.#newId(),
        watch: this.#watch,
        limits: this.#limits,
        app: image.app,
        program: new BundleProgram(image.app, input, () =>
          this.#store.find(image),
        ),
        services: ownServices(input),
      },
      this.#area,
      {
        onLog: lines => sharers.forEach(sharer => sharer.onLog(lines)),
        onExit: exit => end(sharer => sharer.onExit(exit)),
        onStartFailed: problem => end(sharer => sharer.onStartFailed(problem)),
      },
    );
    const shared = { process, sharers, stopping };
    this.#running.set(key, shared);
    return shared;
  }
}

/** Each instance would need the memory; the CPU time is divided among them. */
function usageOfOne({
  process,
  sharers,
}: SharedProcess): ContainerUsage | undefined {
  const usage = process.usage();
  return (
    usage && {
      ...usage,
      cpuNanocores: usage.cpuNanocores / Math.max(1, sharers.size),
    }
  );
}

/** Returns the services of its app's resources: the only ones in the namespace that accept connections from the app. */
function ownServices({ services = [] }: ContainerStart): ReachableService[] {
  return services
    .filter(({ selector }) => selector[LABELS.resource] !== undefined)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Containers with the same key share a process: place, workload and everything that the process can observe. */
function shareKey(input: ContainerStart): string {
  const {
    cluster,
    namespace,
    labels,
    container,
    image,
    command,
    args,
    env,
    files,
    ports,
    memoryLimitBytes,
    cpuLimitMillicores,
  } = input;
  const contents = Object.entries(files).map(([path, file]) => [
    path,
    file.mode,
    Buffer.from(file.content).toString('base64'),
  ]);
  const configuration = JSON.stringify([
    image,
    command,
    args,
    Object.entries(env).sort(),
    contents.sort(),
    ports,
    memoryLimitBytes,
    cpuLimitMillicores,
    ownServices(input).map(({ name, port }) => `${name}:${port}`),
  ]);
  const workload = labels[LABELS.workload] ?? input.pod;
  return [
    cluster,
    namespace,
    workload,
    container,
    createHash('sha256').update(configuration).digest('hex'),
  ].join('/');
}

import { LABELS } from '@callboard/plugin-callboard-common';
import type {
  ContainerStart,
  PodRuntime,
  RunningContainer,
} from '@callboard/sim';
import type { RunArea } from '@callboard/plugin-callboard-sandbox-node';
import { ProgramProcess } from '../processes/ProgramProcess';
import { DEFAULT_RUN_LIMITS, type RunLimits } from '../processes/RunLimits';
import { RunWatch } from '../processes/RunWatch';
import type { FoundPostgres } from './findPostgres';
import { PostgresProgram } from './PostgresProgram';
import type { UsedVolume, VolumeFolders } from './VolumeFolders';

const IMAGE = /^docker\.io\/library\/postgres:([\w.-]+)$/;
/** A connection takes some 10 MB, and each one counts its part of the 8 MB of shared memory. */
const LIMITS: RunLimits = {
  ...DEFAULT_RUN_LIMITS,
  memoryBytes: 1024 ** 3,
  diskBytes: 1024 ** 3, // the size that a claim has by default
};
const VARIABLES = ['POSTGRES_USER', 'POSTGRES_PASSWORD', 'POSTGRES_DB'];

/**
 * Runs containers of PostgreSQL's image as processes of this machine, with data
 * in their claims; none where PostgreSQL was not found.
 */
export class DatabaseRuntime implements PodRuntime {
  readonly name = 'database';
  readonly #postgres: FoundPostgres;
  readonly #area: RunArea;
  readonly #volumes: VolumeFolders;
  readonly #newId: () => string;
  readonly #limits: RunLimits;
  readonly #watch = new RunWatch();
  readonly #running = new Set<ProgramProcess>();

  constructor(options: {
    postgres: FoundPostgres;
    area: RunArea;
    volumes: VolumeFolders;
    newId: () => string;
    /** Limits of databases that set none. */
    limits?: Partial<RunLimits>;
  }) {
    this.#limits = { ...LIMITS, ...options.limits };
    this.#postgres = options.postgres;
    this.#area = options.area;
    this.#volumes = options.volumes;
    this.#newId = options.newId;
  }

  runs(image: string): boolean {
    return this.#postgres.kind === 'found' && IMAGE.test(image);
  }

  start(input: ContainerStart): RunningContainer {
    const postgres = this.#postgres;
    if (postgres.kind !== 'found') throw new Error(postgres.why);
    const { version } = postgres;
    const asked = IMAGE.exec(input.image)?.[1];
    const app = input.labels[LABELS.app] ?? input.namespace;
    const [claim] = Object.values(input.claims ?? {});
    const volume = claim && this.#volumes.use(claim);
    const process = new ProgramProcess(
      {
        id: this.#newId(),
        app,
        program: new PostgresProgram(postgres, {
          app,
          env: variablesOf(input),
          volume,
        }),
        services: [],
        watch: this.#watch,
        limits: this.#limits,
        memoryLimitBytes: input.memoryLimitBytes,
        cpuLimitMillicores: input.cpuLimitMillicores,
      },
      this.#area,
      {
        onLog: lines => input.onLog(lines),
        onExit: exit => {
          this.#forget(process, volume);
          input.onExit(exit);
        },
        onStartFailed: problem => {
          this.#forget(process, volume);
          input.onStartFailed(problem);
        },
      },
    );
    this.#running.add(process);
    input.onLog([
      `callboard: PostgreSQL ${version} runs here, for version ${asked}`,
    ]);
    return {
      addressOf: port => process.addressOf(port),
      exec: (command, timeoutMs) => process.exec(command, timeoutMs),
      usage: () => process.usage(),
      stop: async graceMs => {
        await process.stop(graceMs);
        this.#forget(process, volume);
      },
    };
  }

  /** Stops all processes; used when the portal stops. */
  async stopAll(graceMs: number): Promise<void> {
    await Promise.all([...this.#running].map(each => each.stop(graceMs)));
  }

  #forget(process: ProgramProcess, volume: UsedVolume | undefined): void {
    this.#running.delete(process);
    volume?.release();
  }
}

function variablesOf({ env }: ContainerStart): Record<string, string> {
  return Object.fromEntries(
    VARIABLES.flatMap(name =>
      env[name] === undefined ? [] : [[name, env[name]]],
    ),
  );
}

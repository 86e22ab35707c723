import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { getPriority, setPriority } from 'node:os';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Result } from '@callboard/plugin-callboard-common';
import type {
  BuildInput,
  BuildOutput,
  ImageStorage,
} from '@callboard/plugin-callboard-node';
import type { SimulatedCluster } from '../fleet/SimulatedCluster';
import { parseBundleImage } from '../bundles/bundleImage';
import type {
  Answers,
  Order,
  Report,
  Task,
  WorkerFacts,
  WorkerSettings,
} from './messages';

const ENTRY = '@callboard/plugin-callboard-backend-module-playground/worker';
/** Loads this repository's TypeScript where it is not built. */
const LOADER = ['--require', '@backstage/cli-node/config/nodeTransform.cjs'];
const RESTART_MS = 1_000;
const LESS = 5; // added to the portal's nice value
const NOT_THERE = 'The process of the playground has ended';

/** A caller that waits for an answer. */
interface Waiting {
  onOutput?(line: string): void;
  resolve(answer: Answers[keyof Answers]): void;
  reject(error: Error): void;
}

/**
 * The portal's handle of the playground's process: simulated clusters and
 * pushed code take no time of the portal's event loop, neither by their own
 * work nor by starting programs. A process that ended unexpectedly is started
 * again, at the same address; its pending tasks fail.
 */
export class PlaygroundWorker {
  /** The facts of the first start. */
  readonly facts: WorkerFacts;
  readonly #settings: WorkerSettings;
  readonly #clusters: SimulatedCluster[];
  readonly #logger: LoggerService;
  readonly #waiting = new Map<number, Waiting>();
  #process: ChildProcess;
  #lastId = 0;
  #isClosing = false;

  /** Rejects when the playground cannot be opened on this machine. */
  static async start(
    settings: WorkerSettings,
    logger: LoggerService,
  ): Promise<PlaygroundWorker> {
    const { child, facts } = await openProcess(settings);
    return new PlaygroundWorker({ settings, logger, child, facts });
  }

  private constructor(started: {
    settings: WorkerSettings;
    logger: LoggerService;
    child: ChildProcess;
    facts: WorkerFacts;
  }) {
    this.facts = started.facts;
    this.#settings = started.settings;
    this.#clusters = started.settings.clusters.map(each => ({ ...each }));
    this.#logger = started.logger;
    this.#process = started.child;
    this.#listen();
  }

  get clusters(): readonly SimulatedCluster[] {
    return this.#clusters;
  }

  /** Process id of the playground. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Address of a cluster's API server. */
  urlOf(cluster: string): string {
    return `http://127.0.0.1:${this.facts.port}/clusters/${cluster}`;
  }

  /** Bundles as images that can be removed. They share no data with each other. */
  readonly storage: ImageStorage = {
    holds: image => parseBundleImage(image) !== undefined,
    measure: (images, _kept, signal) =>
      this.#do({ kind: 'measure', images }, { signal }),
    remove: (image, signal) => this.#do({ kind: 'remove', image }, { signal }),
  };

  build({
    signal,
    onOutput,
    ...input
  }: BuildInput): Promise<Result<BuildOutput>> {
    return this.#do({ kind: 'build', input }, { signal, onOutput });
  }

  /** Off: as if the cluster had lost power. */
  async switchPower(cluster: string, on: boolean): Promise<void> {
    await this.#do({ kind: 'power', cluster, on });
    const known = this.#clusters.find(
      ({ file }) => file.metadata.name === cluster,
    );
    if (known) known.isOn = on;
  }

  /** Stops all clusters and code, then the process. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (!isAlive(this.#process)) return;
    const ended = once(this.#process, 'exit');
    this.#send({ kind: 'close' });
    await ended;
  }

  async #do<T extends Task>(
    task: T,
    options: { signal?: AbortSignal; onOutput?(line: string): void } = {},
  ): Promise<Answers[T['kind']]> {
    const { signal, onOutput } = options;
    this.#lastId += 1;
    const id = this.#lastId;
    const abort = () => this.#send({ kind: 'abort', id });
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const answer = await new Promise<Answers[keyof Answers]>(
        (resolve, reject) => {
          this.#waiting.set(id, { resolve, reject, onOutput });
          this.#send({ kind: 'do', id, task });
        },
      );
      return answer as Answers[T['kind']];
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  #send(order: Order): void {
    if (this.#process.connected) this.#process.send(order);
    else if ('id' in order) this.#fail(order.id, new Error(NOT_THERE));
  }

  #listen(): void {
    this.#process.on('message', (report: Report) => this.#take(report));
    this.#process.once('exit', (code, signal) => {
      for (const id of [...this.#waiting.keys()])
        this.#fail(id, new Error(NOT_THERE));
      if (this.#isClosing) return;
      this.#logger.error(
        'The process of the playground ended and is started again',
        { code: String(code), signal: String(signal) },
      );
      this.#restart();
    });
  }

  #restart(): void {
    setTimeout(async () => {
      if (this.#isClosing) return;
      try {
        const { child } = await openProcess({
          ...this.#settings,
          clusters: this.#clusters,
          port: this.facts.port,
        });
        this.#process = child;
        if (this.#isClosing) child.kill('SIGKILL');
        else this.#listen();
      } catch (error) {
        this.#logger.error(
          'The process of the playground cannot be started and is tried again',
          error as Error,
        );
        this.#restart();
      }
    }, RESTART_MS).unref();
  }

  #take(report: Report): void {
    if (!('id' in report)) return;
    const { id } = report;
    if (report.kind === 'output') {
      this.#waiting.get(id)?.onOutput?.(report.line);
      return;
    }
    if (report.kind === 'error') {
      this.#fail(id, errorOf(report));
      return;
    }
    if (report.kind === 'done') this.#waiting.get(id)?.resolve(report.answer);
    this.#waiting.delete(id);
  }

  #fail(id: number, error: Error): void {
    this.#waiting.get(id)?.reject(error);
    this.#waiting.delete(id);
  }
}

/** Starts the process and opens the playground in it; a process that fails is killed. */
async function openProcess(
  settings: WorkerSettings,
): Promise<{ child: ChildProcess; facts: WorkerFacts }> {
  const entry = require.resolve(ENTRY);
  const child = fork(entry, [], {
    execArgv: [
      '--enable-source-maps',
      ...(entry.endsWith('.ts') ? LOADER : []),
    ],
    serialization: 'advanced',
  });
  lowerPriority(child.pid);
  try {
    const facts = await new Promise<WorkerFacts>((resolve, reject) => {
      child.on('message', (report: Report) => {
        if (report.kind === 'opened') resolve(report.facts);
        if (report.kind === 'failed') reject(errorOf(report));
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error(NOT_THERE)));
      child.send({ kind: 'open', settings } satisfies Order);
    });
    return { child, facts };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Pages take precedence over simulated clusters and pushed code. */
function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, Math.min(19, getPriority() + LESS));
  } catch {
    // it has ended: its exit is reported elsewhere
  }
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function errorOf({ message, code }: { message: string; code?: string }): Error {
  return Object.assign(new Error(message), code && { code });
}

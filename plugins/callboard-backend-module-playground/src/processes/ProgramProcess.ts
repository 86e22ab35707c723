import { join } from 'node:path';
import { describeBytes } from '@callboard/plugin-callboard-common';
import type {
  Address,
  ContainerStart,
  ContainerUsage,
  ReachableService,
} from '@callboard/sim';
import {
  type RunArea,
  RunFolder,
  type RunGroup,
  measureFolder,
} from '@callboard/plugin-callboard-sandbox-node';
import type { CodeExit, CodeProcess } from './CodeProcess';
import type { Program } from './Program';
import { type RunLimits, runLimitsOf } from './RunLimits';
import type { ExceededRunLimit, RunWatch } from './RunWatch';
import { ServiceForwards } from './ServiceForwards';
import { startPlain } from './startPlain';
import { startSandboxed } from './startSandboxed';

/** Callbacks for all instances that share a process. */
export interface ProcessListener {
  onLog(lines: readonly string[]): void;
  onExit(exit: CodeExit): void;
  onStartFailed(problem: { reason: string; message: string }): void;
}

export type ProcessSpec = Pick<
  ContainerStart,
  'memoryLimitBytes' | 'cpuLimitMillicores'
> & {
  id: string;
  program: Program;
  /** App whose code it is, and as whose user it runs; undefined for a program of Callboard. */
  app: string | undefined;
  watch: RunWatch;
  /** Limits of a workload that sets none. */
  limits?: RunLimits;
  /** Services that it can reach. */
  services: readonly ReachableService[];
};

/**
 * One process of a container: in a folder of its own, as a user of its app and
 * in namespaces of its own where this machine has them. Starts at once; `stop`
 * ends it.
 */
export class ProgramProcess {
  readonly #spec: ProcessSpec;
  readonly #area: RunArea;
  readonly #listener: ProcessListener;
  readonly #run: RunFolder;
  /** Ports on which the code listens, by the port that the workload declares. */
  #ports: ReadonlyMap<number, number> = new Map();
  #code: CodeProcess | undefined;
  #stopped = false;
  #exceeded: ExceededRunLimit | undefined;
  #group: RunGroup | undefined;
  #forwards: ServiceForwards | undefined;
  /** Folder that it writes to. */
  #folder: string;
  /** Size of that folder before the start. */
  #folderBytes = 0;
  readonly #ended: Promise<void>;

  constructor(spec: ProcessSpec, area: RunArea, listener: ProcessListener) {
    this.#spec = spec;
    this.#area = area;
    this.#listener = listener;
    this.#run = new RunFolder(join(area.folder, `run-${spec.id}`));
    this.#folder = this.#run.path;
    this.#ended = this.#live().catch(error =>
      this.#failStart('CreateContainerError', (error as Error).message),
    );
  }

  addressOf(port: number): Address | undefined {
    const local = this.#ports.get(port);
    if (!this.#code || local === undefined) return undefined;
    const { dial } = this.#code;
    return {
      host: '127.0.0.1',
      port: local,
      ...(dial && { dial: () => dial(local) }),
    };
  }

  /** Returns its usage with all child processes; undefined until it was measured. */
  usage(): ContainerUsage | undefined {
    const pid = this.#code?.pid;
    return pid === undefined ? undefined : this.#spec.watch.usageOf(pid);
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    this.#code?.stop(graceMs);
    await this.#ended;
  }

  /** Runs a command as the process would: same folder, user and variables. */
  async exec(
    command: string[],
    timeoutMs: number,
  ): Promise<{ code: number; output: string }> {
    if (!this.#code) return { code: 126, output: 'the container does not run' };
    return this.#code.exec(command, timeoutMs);
  }

  async #live(): Promise<void> {
    const { app } = this.#spec;
    const leave = app === undefined ? async () => {} : this.#area.enter(app);
    try {
      this.#code = await this.#start();
      if (!this.#code) return;
      const { pid, ended } = this.#code;
      if (this.#stopped) this.#code.stop(0);
      if (pid !== undefined) await this.#area.noteProcess(this.#spec.id, pid);
      const endWatch = this.#watch(pid);
      const exit = await this.#explain(await ended);
      endWatch();
      await this.#endAll();
      await leave();
      this.#code = undefined;
      await this.#clean();
      this.#listener.onExit(exit);
    } finally {
      this.#code = undefined;
      await this.#endAll();
      await leave();
      await this.#clean();
    }
  }

  /** Ends processes that the code started and left behind. */
  async #endAll(): Promise<void> {
    await this.#forwards?.close();
    await this.#group?.end();
    await this.#area.endMarked(`run-${this.#spec.id}`);
  }

  /** Stops the code when it exceeds a limit. @returns a function that ends the watch */
  #watch(pid: number | undefined): () => void {
    if (pid === undefined) return () => undefined;
    return this.#spec.watch.add(pid, {
      limits: runLimitsOf(this.#spec),
      folder: this.#folder,
      folderBytes: this.#folderBytes,
      onExceeded: exceeded => {
        this.#exceeded ??= exceeded;
        this.#code?.stop(0);
      },
    });
  }

  async #explain(exit: CodeExit): Promise<CodeExit> {
    const killed = { code: 137, signal: 'SIGKILL' };
    const { processes, diskBytes } = runLimitsOf(this.#spec);
    switch (this.#exceeded) {
      case undefined:
        return exit.code !== 0 && (await this.#group?.wasOutOfMemory())
          ? { ...exit, reason: 'OOMKilled' }
          : exit;
      case 'memory':
        return { ...killed, reason: 'OOMKilled' };
      case 'processes':
        return {
          ...killed,
          reason: 'Error',
          message: `It started more than ${processes} processes`,
        };
      case 'disk':
        return {
          ...killed,
          reason: 'Error',
          message: `It wrote more than the ${describeBytes(
            diskBytes,
          )} of files that an instance may have`,
        };
      default:
        return this.#exceeded satisfies never;
    }
  }

  /** Prepares the folder and starts the program, or reports why it cannot. */
  async #start(): Promise<CodeProcess | undefined> {
    const { id, app, program, services } = this.#spec;
    const { isolation } = this.#area;
    const user = app === undefined ? undefined : this.#area.userOf(app);
    await this.#run.make();
    const prepared = await program.prepare(this.#run, this.#area);
    if (!prepared.ok) {
      this.#failStart(prepared.reason, prepared.message);
      return undefined;
    }
    const { ports, workspace = this.#run.workspace, readOnly } = prepared;
    const { shown = [] } = prepared;
    this.#ports = ports;
    this.#forwards = await ServiceForwards.open(services, {
      area: this.#area,
      id,
      user,
      notify: line => this.#listener.onLog([line]),
    });
    await this.#run.handOver(user, this.#forwards.hosts);
    if (this.#stopped) return undefined;
    const start = {
      id,
      command: prepared.command,
      env: {
        ...this.#forwards.placeIn(prepared.env),
        ...this.#area.markOf(`run-${id}`),
      },
      onLog: (lines: readonly string[]) => this.#listener.onLog(lines),
    };
    const limits = runLimitsOf(this.#spec);
    this.#folder =
      shown.find(({ at }) => at === workspace)?.outside ??
      prepared.workspace ??
      this.#run.path;
    // Data that outlives the run counts in full: otherwise it could grow with each run.
    this.#folderBytes = prepared.workspace
      ? 0
      : await measureFolder(this.#folder);
    this.#group = await this.#area.makeGroup(`run-${id}`, limits);
    const group = this.#group;
    return isolation.kind === 'namespaces'
      ? startSandboxed(start, {
          area: this.#area,
          run: this.#run,
          program: isolation.by,
          workspace,
          shown,
          readOnly: [...readOnly, ...this.#forwards.readOnly],
          forwards: this.#forwards.inside,
          user,
          limits,
          group,
        })
      : startPlain(start, { folder: workspace, user, limits, group });
  }

  #failStart(reason: string, message: string): void {
    if (!this.#stopped) this.#listener.onStartFailed({ reason, message });
  }

  async #clean(): Promise<void> {
    await this.#area.forgetProcess(this.#spec.id);
    await this.#run.remove();
  }
}

import { join } from 'node:path';
import { describeBytes } from '@callboard/plugin-callboard-common';
import type { Address, ContainerStart } from '@callboard/sim';
import {
  INSIDE,
  type RunArea,
  RunFolder,
  type RunGroup,
  WORKSPACE,
  commandLine,
  findStartCommand,
  measureFolder,
  readStartHints,
} from '@callboard/plugin-callboard-sandbox-node';
import type { CodeExit, CodeProcess } from './CodeProcess';
import { codeEnv } from './codeEnv';
import { ASSETS, layOutBundle } from './layOutBundle';
import { placeInWorkspace } from './placeInWorkspace';
import { choosePorts } from './choosePorts';
import { type RunLimits, runLimitsOf } from './RunLimits';
import type { ExceededRunLimit, RunWatch } from './RunWatch';
import { startPlain } from './startPlain';
import { startSandboxed } from './startSandboxed';

/** What the process tells anyone who shares it. */
export interface BundleProcessListener {
  onLog(lines: readonly string[]): void;
  onExit(exit: CodeExit): void;
  onStartFailed(problem: { reason: string; message: string }): void;
}

export type BundleSpec = Pick<
  ContainerStart,
  | 'command'
  | 'args'
  | 'env'
  | 'files'
  | 'ports'
  | 'memoryLimitBytes'
  | 'cpuLimitMillicores'
> & {
  id: string;
  app: string;
  watch: RunWatch;
  /** For a workload that asks for nothing. */
  limits?: RunLimits;
  /** Folder of the bundle; undefined when this machine does not have it. */
  findBundle(): Promise<string | undefined>;
};

/**
 * One process of pushed code: in a folder of its own with the bundle's files, as
 * a user of its own and in namespaces of its own where this machine has them.
 * Starts at once; ends by `stop`.
 */
export class BundleProcess {
  readonly #spec: BundleSpec;
  readonly #area: RunArea;
  readonly #listener: BundleProcessListener;
  readonly #run: RunFolder;
  /** Where the code listens, by the port that the workload declares. */
  #ports: ReadonlyMap<number, number> = new Map();
  #code: CodeProcess | undefined;
  #stopped = false;
  #exceeded: ExceededRunLimit | undefined;
  #group: RunGroup | undefined;
  /** What its folders hold before it starts. */
  #folderBytes = 0;
  readonly #ended: Promise<void>;

  constructor(
    spec: BundleSpec,
    area: RunArea,
    listener: BundleProcessListener,
  ) {
    this.#spec = spec;
    this.#area = area;
    this.#listener = listener;
    this.#run = new RunFolder(join(area.folder, `run-${spec.id}`));
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
    const leave = this.#area.enter(this.#spec.app);
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

  /** Ends what the code started and left behind. */
  async #endAll(): Promise<void> {
    await this.#group?.end();
    await this.#area.endMarked(`run-${this.#spec.id}`);
  }

  /** Ends the code when it goes over a limit. @returns ends the watch */
  #watch(pid: number | undefined): () => void {
    if (pid === undefined) return () => undefined;
    return this.#spec.watch.add(pid, {
      limits: runLimitsOf(this.#spec),
      folder: this.#run.path,
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

  /** Lays out the folder and starts the code, or says why it cannot. */
  async #start(): Promise<CodeProcess | undefined> {
    const { id, env, files, ports, app } = this.#spec;
    const bundle = await this.#findBundle();
    if (!bundle) return undefined;
    const { isolation } = this.#area;
    const user = this.#area.userOf(app);
    await this.#run.make();
    const shown = await layOutBundle(bundle, this.#run.workspace, {
      files,
      dependencies: chooseSharing(isolation.kind, user !== undefined),
    });
    await this.#run.handOver(user);
    const isInside = isolation.kind === 'namespaces';
    const workspace = isInside ? INSIDE.workspace : this.#run.workspace;
    this.#ports = await choosePorts(ports, isInside);
    const command = await this.#command(bundle, workspace);
    if (!command || this.#stopped) return undefined;
    const start = {
      id,
      command,
      env: {
        ...codeEnv(env, this.#ports, {
          base: this.#area.baseEnv(),
          workspace,
          tmp: isInside ? '/tmp' : this.#run.tmp,
        }),
        ...this.#area.markOf(`run-${id}`),
      },
      onLog: (lines: readonly string[]) => this.#listener.onLog(lines),
    };
    const limits = runLimitsOf(this.#spec);
    this.#folderBytes = await measureFolder(this.#run.path);
    this.#group = await this.#area.makeGroup(`run-${id}`, limits);
    const group = this.#group;
    return isInside
      ? startSandboxed(start, {
          area: this.#area,
          run: this.#run,
          program: isolation.by,
          readOnly: shown,
          user,
          limits,
          group,
        })
      : startPlain(start, { folder: workspace, user, limits, group });
  }

  async #findBundle(): Promise<string | undefined> {
    const { files, app } = this.#spec;
    const bundle = await this.#spec.findBundle();
    if (!bundle) {
      this.#failStart(
        'ErrImagePull',
        `the pushed code of ${app} is not on this machine any more: push it again`,
      );
      return undefined;
    }
    const outside = Object.keys(files).find(
      path => !placeInWorkspace(this.#run.workspace, path),
    );
    if (outside === undefined) return bundle;
    this.#failStart(
      'CreateContainerError',
      `the playground runs code as a plain process and can place files below ${WORKSPACE} only, not at ${outside}`,
    );
    return undefined;
  }

  async #command(
    bundle: string,
    workspace: string,
  ): Promise<string[] | undefined> {
    const { command, args } = this.#spec;
    const { isolation, node } = this.#area;
    const start = command?.length
      ? undefined
      : findStartCommand(await readStartHints(bundle));
    const argv = commandLine(
      { command, args, start },
      {
        node: isolation.kind === 'namespaces' ? INSIDE.node : node,
        staticServer: join(workspace, ASSETS, 'staticServer.cjs'),
      },
    );
    if (!argv)
      this.#failStart(
        'CreateContainerError',
        'no start command: add a Procfile or "command" in score.yaml',
      );
    return argv;
  }

  #failStart(reason: string, message: string): void {
    if (!this.#stopped) this.#listener.onStartFailed({ reason, message });
  }

  async #clean(): Promise<void> {
    await this.#area.forgetProcess(this.#spec.id);
    await this.#run.remove();
  }
}

function chooseSharing(
  isolation: RunArea['isolation']['kind'],
  isOtherUser: boolean,
): 'copy' | 'link' | 'show' {
  if (isOtherUser) return 'copy';
  return isolation === 'namespaces' ? 'show' : 'link';
}

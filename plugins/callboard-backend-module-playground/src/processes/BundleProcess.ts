import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ContainerStart } from '@callboard/sim';
import {
  type RunArea,
  WORKSPACE,
  chownAll,
  commandLine,
  findStartCommand,
  forEachLine,
  readStartHints,
  spawnAsOther,
  staticServerPath,
  stopGroup,
} from '@callboard/plugin-callboard-control-plane';
import { assetPath } from './assetPath';
import { placeInWorkspace } from './placeInWorkspace';
import { freePort } from './freePort';

/** Numbers of the signals that end processes in practice, for exit codes as shells give them (128 + n). */
const SIGNALS: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
};

/** Our own files in the process's folder. */
const ASSETS = '.callboard';

/** What the process tells whoever shares it. */
export interface BundleProcessListener {
  onLog(line: string): void;
  onExit(exit: { code: number; signal?: string }): void;
  onStartFailed(problem: { reason: string; message: string }): void;
}

export type BundleSpec = Pick<
  ContainerStart,
  'command' | 'args' | 'env' | 'files' | 'ports'
> & {
  id: string;
  app: string;
  /** Folder of the bundle; undefined when this machine does not have it. */
  findBundle(): Promise<string | undefined>;
};

/**
 * One process of pushed code: in a folder of its own with the bundle's files, as
 * a user of its own, on free ports of loopback. Starts at once; ends by `stop`.
 */
export class BundleProcess {
  readonly #spec: BundleSpec;
  readonly #area: RunArea;
  readonly #listener: BundleProcessListener;
  readonly #folder: string;
  readonly #ports = new Map<number, number>();
  #child: ChildProcess | undefined;
  #stopped = false;
  readonly #ended: Promise<void>;

  constructor(
    spec: BundleSpec,
    area: RunArea,
    listener: BundleProcessListener,
  ) {
    this.#spec = spec;
    this.#area = area;
    this.#listener = listener;
    this.#folder = join(area.folder, `run-${spec.id}`);
    this.#ended = this.#run().catch(error =>
      this.#failStart('CreateContainerError', (error as Error).message),
    );
  }

  addressOf(port: number): { host: string; port: number } | undefined {
    const local = this.#child ? this.#ports.get(port) : undefined;
    return local === undefined ? undefined : { host: '127.0.0.1', port: local };
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    if (this.#child) stopGroup(this.#child, graceMs);
    await this.#ended;
  }

  /** Runs a command as the process would: same folder, user and variables. */
  async exec(
    command: string[],
    timeoutMs: number,
  ): Promise<{ code: number; output: string }> {
    const child = spawnAsOther({
      command,
      folder: this.#folder,
      env: this.#env(),
      user: this.#user(),
    });
    let output = '';
    forEachLine(child, line => {
      if (output.length < 4_000) output += `${line}\n`;
    });
    const timer = setTimeout(() => stopGroup(child, 0), timeoutMs);
    const code = await new Promise<number>(resolve => {
      child.once('error', () => resolve(126));
      child.once('close', value => resolve(value ?? 137));
    });
    clearTimeout(timer);
    return { code, output };
  }

  async #run(): Promise<void> {
    const argv = await this.#prepare();
    if (!argv || this.#stopped) {
      await this.#clean();
      return;
    }
    const child = spawnAsOther({
      command: argv,
      folder: this.#folder,
      env: this.#env(),
      user: this.#user(),
    });
    this.#child = child;
    forEachLine(child, line => this.#listener.onLog(line));
    if (child.pid !== undefined)
      await this.#area.noteProcess(this.#spec.id, child.pid);
    const exit = await new Promise<{ code: number; signal?: string }>(
      (resolve, reject) => {
        child.once('error', reject);
        // "close", not "exit": the last lines of output come before the end.
        child.once('close', (code, signal) =>
          resolve(
            signal
              ? { code: 128 + (SIGNALS[signal] ?? 0), signal }
              : { code: code ?? 0 },
          ),
        );
        child.once('exit', () => stopGroup(child, 0));
      },
    );
    this.#child = undefined;
    await this.#clean();
    this.#listener.onExit(exit);
  }

  /** Lays out the folder and answers what to start, or says why it cannot. */
  async #prepare(): Promise<string[] | undefined> {
    const { files, ports, command, args, app } = this.#spec;
    const bundle = await this.#spec.findBundle();
    if (!bundle) {
      this.#failStart(
        'ErrImagePull',
        `the pushed code of ${app} is not on this machine any more: push it again`,
      );
      return undefined;
    }
    const outside = Object.keys(files).find(
      path => !placeInWorkspace(this.#folder, path),
    );
    if (outside) {
      this.#failStart(
        'CreateContainerError',
        `the playground runs code as a plain process and can place files below ${WORKSPACE} only, not at ${outside}`,
      );
      return undefined;
    }
    await copyBundle(bundle, this.#folder, {
      linkDependencies: this.#user() === undefined,
    });
    for (const [path, { content, mode }] of Object.entries(files)) {
      const target = placeInWorkspace(this.#folder, path)!;
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content, { mode });
    }
    await this.#bringAssets();
    const user = this.#user();
    if (user) await chownAll(this.#folder, user);
    for (const port of ports) this.#ports.set(port, await freePort());
    const start = command?.length
      ? undefined
      : findStartCommand(await readStartHints(bundle));
    const argv = commandLine(
      { command, args, start },
      {
        node: this.#area.node,
        staticServer: join(this.#folder, ASSETS, 'staticServer.cjs'),
      },
    );
    if (!argv)
      this.#failStart(
        'CreateContainerError',
        'no start command: add a Procfile or "command" in score.yaml',
      );
    return argv;
  }

  #env(): Record<string, string> {
    const { env } = this.#spec;
    const chosen = env.PORT
      ? this.#ports.get(Number(env.PORT))
      : [...this.#ports.values()][0];
    const hook = join(this.#folder, ASSETS, 'listen.cjs');
    return {
      ...this.#area.baseEnv(),
      HOME: this.#folder,
      TMPDIR: this.#folder,
      ...env,
      ...(chosen === undefined ? {} : { PORT: String(chosen) }),
      CALLBOARD_PORTS: JSON.stringify(Object.fromEntries(this.#ports)),
      NODE_OPTIONS: [`--require=${hook}`, env.NODE_OPTIONS]
        .filter(Boolean)
        .join(' '),
    };
  }

  /** Another user may not be able to reach these packages: it gets copies. */
  async #bringAssets(): Promise<void> {
    const folder = join(this.#folder, ASSETS);
    await mkdir(folder, { recursive: true });
    await cp(assetPath('listen.cjs'), join(folder, 'listen.cjs'));
    await cp(staticServerPath(), join(folder, 'staticServer.cjs'));
  }

  #user() {
    return this.#area.userOf(this.#spec.app);
  }

  #failStart(reason: string, message: string): void {
    if (!this.#stopped) this.#listener.onStartFailed({ reason, message });
  }

  async #clean(): Promise<void> {
    await this.#area.forgetProcess(this.#spec.id);
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/**
 * Dependencies are large and never written to: they are linked where the process may
 * reach them. Another user may not reach the portal's data, so it gets a copy.
 */
async function copyBundle(
  bundle: string,
  folder: string,
  options: { linkDependencies: boolean },
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  for (const name of await readdir(bundle)) {
    const source = join(bundle, name);
    if (name === 'node_modules' && options.linkDependencies)
      await symlink(source, join(folder, name));
    else
      await cp(source, join(folder, name), {
        recursive: true,
        verbatimSymlinks: true,
        mode: constants.COPYFILE_FICLONE,
      });
  }
}

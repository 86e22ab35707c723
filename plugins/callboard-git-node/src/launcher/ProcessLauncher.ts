import {
  type ChildProcess,
  type ChildProcessWithoutNullStreams,
  fork,
  spawn,
} from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { LaunchedProgram } from './LaunchedProgram';
import type { Program, ProgramOptions, StartProgram } from './Program';

const READY_MS = 10_000;

/** Starts a program as a child of this process. */
export const startHere: StartProgram = (
  command,
  args,
  { cwd, env, hasSideChannel },
) => {
  if (!hasSideChannel) return spawn(command, args, { cwd, env, stdio: 'pipe' });
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  }) as ChildProcessWithoutNullStreams;
  return Object.assign(child, { sideChannel: child.stdio[3] as Duplex });
};

/**
 * Starts programs through a small helper process. Starting a program copies the
 * process that starts it: for a portal of 750 MB that takes 16 ms of CPU on its
 * event loop each time, and a push starts a dozen programs.
 */
export class ProcessLauncher {
  readonly #folder: string;
  readonly #helper: ChildProcess;

  /** Starts the helper. If it does not start, programs are children of this process. */
  static async open(): Promise<ProcessLauncher> {
    const folder = await mkdtemp(join(tmpdir(), 'callboard-launcher-')); // mode 0700
    const helper = fork(
      resolvePackagePath(
        '@callboard/plugin-callboard-git-node',
        'assets',
        'launcher.cjs',
      ),
      [join(folder, 'door')],
      { env: {}, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    helper.on('error', () => {}); // isConnected reports it
    await Promise.race([
      once(helper, 'message'),
      once(helper, 'exit'),
      new Promise(resolve => setTimeout(resolve, READY_MS).unref()),
    ]).catch(() => {});
    helper.unref();
    helper.channel?.unref();
    return new ProcessLauncher(folder, helper);
  }

  private constructor(folder: string, helper: ChildProcess) {
    this.#folder = folder;
    this.#helper = helper;
  }

  readonly start: StartProgram = (
    command: string,
    args: readonly string[],
    options: ProgramOptions,
  ): Program =>
    this.#isThere
      ? new LaunchedProgram(join(this.#folder, 'door'), {
          command,
          args,
          ...options,
        })
      : startHere(command, args, options);

  get #isThere(): boolean {
    const { connected, exitCode, signalCode } = this.#helper;
    return connected && exitCode === null && signalCode === null;
  }

  /** Ends the helper after its programs have ended, and after 2 s in any case. */
  async close(): Promise<void> {
    if (this.#isThere) {
      const ended = once(this.#helper, 'exit');
      this.#helper.ref();
      this.#helper.disconnect();
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

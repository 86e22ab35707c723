import { type ChildProcess, spawn } from 'node:child_process';
import type { Problem } from '@callboard/plugin-callboard-common';
import type { BuildLimits, ExceededLimit } from './BuildLimits';
import { dropCommand } from './dropCommand';
import type { RunGroup } from './groups/RunGroup';
import { INSIDE } from './isolation/SandboxSpec';
import { type ShownFolder, mountCommand } from './mountCommand';
import type { OtherUser } from './otherUser';
import { readLines } from './readLines';
import { watchLimits } from './watchLimits';

/** Runs a command in a folder as an unprivileged user and without the portal's environment. */
export type RunAsOther = (input: {
  command: string[];
  folder: string;
  env?: Record<string, string>;
  signal?: AbortSignal;
  onLine(line: string): void;
}) => Promise<{
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The limit that it was ended for. */
  exceeded?: ExceededLimit;
  /** The first host that it was not let to. */
  refused?: Problem;
}>;

const OPEN_FILES = 8_192;
const NICE = 5; // the portal comes first where no group says so
const THREADS_PER_PROCESS = 16; // a Node.js process has about 11

/** What the kernel itself holds of one run. */
export type KernelLimits = Pick<BuildLimits, 'diskBytes' | 'processes'>;

/**
 * Starts a command as another user. It gets a process group of its own, dies with
 * this process (also with kill -9), gains no privileges, and sees only `env`.
 *
 * @param options.shown - folders that the user could not reach by itself; of root only
 * @param options.sandbox - words of `sandboxCommand`, to run it in namespaces
 * @param options.group - it runs in, with all that it starts
 * @param options.limits - of these the kernel holds what it can: the size of a file, the threads of the user, no core dumps
 * @remarks setpriv and prlimit are part of Debian's util-linux, which is always installed.
 */
export function spawnAsOther(options: {
  command: string[];
  folder: string;
  env: Record<string, string>;
  user: OtherUser | undefined;
  shown?: readonly ShownFolder[];
  sandbox?: string[];
  group?: RunGroup;
  limits?: KernelLimits;
}): ChildProcess {
  const { command, folder, env, user, sandbox = [], group, limits } = options;
  // Threads are counted per user and user namespace: where the run shares ours, our own would count.
  const isCounted = user !== undefined || sandbox.length > 0;
  const [program, ...args] = [
    ...(group?.enter ?? ['nice', '-n', `${NICE}`]),
    ...mountCommand(options.shown ?? []),
    ...dropCommand(user),
    ...sandbox,
    ...(limits ? ['prlimit', ...rlimitsOf(limits, isCounted), '--'] : []),
    ...command,
  ];
  return spawn(program, args, {
    cwd: folder,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function rlimitsOf(
  { diskBytes, processes }: KernelLimits,
  isCounted: boolean,
): string[] {
  return [
    `--fsize=${diskBytes}`,
    `--nofile=${OPEN_FILES}`,
    '--core=0',
    ...(isCounted ? [`--nproc=${processes * THREADS_PER_PROCESS}`] : []),
  ];
}

/** Calls back with the lines of both outputs, in the order in which they arrive; bounded as `readLines` says. */
export function forEachBatch(
  child: ChildProcess,
  onLines: (lines: string[]) => void,
): void {
  readLines(
    [child.stdout, child.stderr].filter(stream => stream !== null),
    onLines,
  );
}

/** Ends the whole group of a process: asks first, insists after `graceMs`. */
export function stopGroup(child: ChildProcess, graceMs: number): void {
  signalGroup(child, 'SIGTERM');
  const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  insist.unref();
  child.once('exit', () => {
    clearTimeout(insist);
    // What the process itself left behind goes with it.
    signalGroup(child, 'SIGKILL');
  });
}

export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * A {@link RunAsOther} for one user. With limits, whatever the command started is
 * gone when it has ended, also what left its process group: nothing of it can
 * change files that are read afterwards.
 */
export function createRunAsOther(options: {
  user: OtherUser | undefined;
  env: Record<string, string>;
  limits?: BuildLimits;
  /** What the limit of disk counts; the folder of the command when omitted. */
  measured?: string;
  /** Of the command; its folder when omitted. */
  home?: string;
  /** Words that run a command in namespaces. */
  sandbox?: string[];
  /** Words in front of the command in there. */
  helper?: string[];
  /** Grows while a command runs. */
  refused?: readonly Problem[];
  group?: RunGroup;
}): RunAsOther {
  const { user, limits, sandbox, group, helper = [], refused = [] } = options;
  return async ({ command, folder, env, signal, onLine }) => {
    const refusedBefore = refused.length;
    const child = spawnAsOther({
      command: [...helper, ...command],
      folder,
      env: {
        ...options.env,
        HOME: options.home ?? (sandbox ? INSIDE.workspace : folder),
        ...env,
      },
      user,
      sandbox,
      group,
      limits,
    });
    const end = async () => {
      signalGroup(child, 'SIGKILL');
      if (limits && user) await killUser(user);
    };
    let exceeded: ExceededLimit | undefined;
    const watch =
      limits && child.pid !== undefined
        ? watchLimits(
            {
              family: user ? { uid: user.uid } : { root: child.pid },
              folder: options.measured ?? folder,
              limits,
              group,
            },
            which => {
              exceeded = which;
              void end();
            },
          )
        : undefined;
    forEachBatch(child, lines => {
      watch?.heard();
      lines.forEach(onLine);
    });
    const abort = () => void end();
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    try {
      const ended = await new Promise<{
        code: number | null;
        signal: NodeJS.Signals | null;
      }>((resolve, reject) => {
        child.once('error', reject);
        // What it left behind holds its output open: it ends with the command itself.
        child.once('exit', () => void end());
        child.once('close', (code, killedBy) =>
          resolve({ code, signal: killedBy }),
        );
      });
      const first = refused[refusedBefore];
      if (ended.code !== 0 && (await group?.wasOutOfMemory()))
        exceeded ??= 'memory';
      return {
        ...ended,
        ...(exceeded && { exceeded }),
        ...(first && { refused: first }),
      };
    } finally {
      watch?.stop();
      signal?.removeEventListener('abort', abort);
      await end();
    }
  };
}

/**
 * Ends every process of a user at once. One call of the kernel, made as that very
 * user: nothing can be started meanwhile that escapes it.
 */
export async function killUser({ uid, gid }: OtherUser): Promise<void> {
  const killer = spawn(
    'setpriv',
    [
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      '--',
      'sh',
      '-c',
      'kill -KILL -1',
    ],
    { stdio: 'ignore', env: { PATH: '/usr/bin:/bin' } },
  );
  await new Promise<void>((resolve, reject) => {
    killer.once('error', reject);
    killer.once('close', () => resolve());
  });
}

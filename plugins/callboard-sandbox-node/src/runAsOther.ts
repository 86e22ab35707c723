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
  /** The limit for which it was ended. */
  exceeded?: ExceededLimit;
  /** The first host that was refused. */
  refused?: Problem;
}>;

const OPEN_FILES = 8_192;
const NICE = 5; // gives the portal precedence where no control group does
const THREADS_PER_PROCESS = 16; // a Node.js process has about 11

/** Limits of one run that the kernel enforces by itself. */
export type KernelLimits = Pick<BuildLimits, 'diskBytes' | 'processes'>;

/**
 * Starts a command as another user. It gets a process group of its own, ends
 * with this process (also with kill -9), gains no privileges, and has only
 * `env` as environment.
 *
 * @param options.shown - folders that the user cannot reach by itself; requires
 *   root
 * @param options.sandbox - prefix of `sandboxCommand`, to run it in namespaces
 * @param options.group - control group for it and its child processes
 * @param options.limits - enforced by the kernel as far as possible: the size
 *   of a file, the threads of the user, no core dumps
 * @remarks setpriv and prlimit are part of Debian's util-linux, which is always
 *   installed.
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
  // Threads are counted per user and user namespace: if the run shares ours, our own would
  // count.
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

/** Calls back with the lines of both outputs, in order of arrival; limited as in `readLines`. */
export function forEachBatch(
  child: ChildProcess,
  onLines: (lines: string[]) => void,
): void {
  readLines(
    [child.stdout, child.stderr].filter(stream => stream !== null),
    onLines,
  );
}

/** Ends the whole process group: SIGTERM first, SIGKILL after `graceMs`. */
export function stopGroup(child: ChildProcess, graceMs: number): void {
  signalGroup(child, 'SIGTERM');
  const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  insist.unref();
  child.once('exit', () => {
    clearTimeout(insist);
    // Ends processes that the leader left behind.
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
 * Creates a {@link RunAsOther} for one user. With limits, all processes that
 * the command started are gone when it has ended, including those that left its
 * process group: none of them can change files that are read afterwards.
 */
export function createRunAsOther(options: {
  user: OtherUser | undefined;
  env: Record<string, string>;
  limits?: BuildLimits;
  /** Folder that the disk limit applies to; the folder of the command when omitted. */
  measured?: string;
  /** Home folder of the command; its folder when omitted. */
  home?: string;
  /** Prefix that runs a command in namespaces. */
  sandbox?: string[];
  /** Prefix of the command inside the sandbox. */
  helper?: string[];
  /** Receives refused hosts while a command runs. */
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
        // Processes that it left behind keep its output open: they are ended with the
        // command itself.
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
 * Ends every process of a user at once, by one system call as that user: no
 * process that starts meanwhile escapes it.
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

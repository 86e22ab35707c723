import { type ChildProcess, spawn } from 'node:child_process';
import { chown, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildLimits, ExceededLimit } from './BuildLimits';
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
}>;

/** Another user than the one the portal runs as; undefined when the portal itself is unprivileged. */
export interface OtherUser {
  uid: number;
  gid: number;
}

const OPEN_FILES = 8_192;
const THREADS_PER_PROCESS = 16; // a Node.js process has about 11

/**
 * Starts a command as another user. It gets a process group of its own, dies with
 * this process (also with kill -9), gains no privileges, and sees only `env`.
 *
 * @param limits - of these the kernel holds what it can: the size of a file, the threads of the user, no core dumps
 * @remarks setpriv and prlimit are part of Debian's util-linux, which is always installed.
 */
export function spawnAsOther(options: {
  command: string[];
  folder: string;
  env: Record<string, string>;
  user: OtherUser | undefined;
  limits?: BuildLimits;
}): ChildProcess {
  const { command, folder, env, user, limits } = options;
  const drop = user
    ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
    : [];
  const [program, ...args] = [
    ...(limits ? ['prlimit', ...rlimitsOf(limits, user), '--'] : []),
    'setpriv',
    ...drop,
    '--no-new-privs',
    '--pdeathsig',
    'KILL',
    '--',
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
  { diskBytes, processes }: BuildLimits,
  user: OtherUser | undefined,
): string[] {
  return [
    `--fsize=${diskBytes}`,
    `--nofile=${OPEN_FILES}`,
    '--core=0',
    // Counted per user: where the build shares ours, our own threads would count.
    ...(user ? [`--nproc=${processes * THREADS_PER_PROCESS}`] : []),
  ];
}

/** Calls back for every line of both outputs, in the order in which they arrive; long lines are cut. */
export function forEachLine(
  child: ChildProcess,
  onLine: (line: string) => void,
): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) readLines(stream, onLine);
  }
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
}): RunAsOther {
  const { user, limits } = options;
  return async ({ command, folder, env, signal, onLine }) => {
    const child = spawnAsOther({
      command,
      folder,
      env: { ...options.env, HOME: folder, ...env },
      user,
      limits,
    });
    forEachLine(child, onLine);
    const end = async () => {
      signalGroup(child, 'SIGKILL');
      if (limits && user) await killUser(user);
    };
    let exceeded: ExceededLimit | undefined;
    const watch =
      limits && child.pid !== undefined
        ? watchLimits(
            {
              family: user ? { uid: user.uid } : { session: child.pid },
              folder,
              limits,
            },
            which => {
              exceeded = which;
              void end();
            },
          )
        : undefined;
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
      return { ...ended, ...(exceeded && { exceeded }) };
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
async function killUser({ uid, gid }: OtherUser): Promise<void> {
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

/** Gives a folder and all in it to a user; links themselves, never what they lead to. */
export async function chownAll(folder: string, user: OtherUser): Promise<void> {
  await chown(folder, user.uid, user.gid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if ((await lstat(path)).isDirectory()) await chownAll(path, user);
    else if (!entry.isSymbolicLink()) await chown(path, user.uid, user.gid);
  }
}

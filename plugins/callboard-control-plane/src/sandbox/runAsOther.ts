import { type ChildProcess, spawn } from 'node:child_process';
import { chown, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Runs a command in a folder as an unprivileged user and without the portal's environment. */
export type RunAsOther = (input: {
  command: string[];
  folder: string;
  env?: Record<string, string>;
  signal?: AbortSignal;
  onLine(line: string): void;
}) => Promise<{ code: number | null; signal: NodeJS.Signals | null }>;

/** Another user than the one the portal runs as; undefined when the portal itself is unprivileged. */
export interface OtherUser {
  uid: number;
  gid: number;
}

const LINE_MAX_CHARS = 4_000;

/**
 * Starts a command as another user. It gets a process group of its own, dies with
 * this process (also with kill -9), gains no privileges, and sees only `env`.
 *
 * @remarks setpriv is part of Debian's util-linux, which is always installed.
 */
export function spawnAsOther(options: {
  command: string[];
  folder: string;
  env: Record<string, string>;
  user: OtherUser | undefined;
}): ChildProcess {
  const { command, folder, env, user } = options;
  const drop = user
    ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
    : [];
  return spawn(
    'setpriv',
    [...drop, '--no-new-privs', '--pdeathsig', 'KILL', '--', ...command],
    {
      cwd: folder,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}

/** Calls back for every line of both outputs, in the order in which they arrive; long lines are cut. */
export function forEachLine(
  child: ChildProcess,
  onLine: (line: string) => void,
): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', line =>
      onLine(
        line.length > LINE_MAX_CHARS
          ? `${line.slice(0, LINE_MAX_CHARS)}…`
          : line,
      ),
    );
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

/** A {@link RunAsOther} for one user. */
export function createRunAsOther(options: {
  user: OtherUser | undefined;
  env: Record<string, string>;
}): RunAsOther {
  return async ({ command, folder, env, signal, onLine }) => {
    const child = spawnAsOther({
      command,
      folder,
      env: { ...options.env, HOME: folder, ...env },
      user: options.user,
    });
    forEachLine(child, onLine);
    const abort = () => signalGroup(child, 'SIGKILL');
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    try {
      return await new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code, killedBy) =>
          resolve({ code, signal: killedBy }),
        );
      });
    } finally {
      signal?.removeEventListener('abort', abort);
      signalGroup(child, 'SIGKILL');
    }
  };
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

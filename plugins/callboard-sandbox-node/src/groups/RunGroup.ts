import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Control } from './findHierarchies';

const CPU_PERIOD_US = 100_000;
const THREADS_PER_PROCESS = 16; // a Node.js process has about 11
/**
 * The kernel also counts files in the page cache and the first program of a
 * sandbox; without memory for them, code at its limit stalls instead of being
 * ended.
 */
const BESIDE_BYTES = 96 * 1024 ** 2;
const END_TRIES = 200;
const END_PAUSE_MS = 10;

/** Limits of a group. */
export interface GroupLimits {
  memoryBytes: number;
  processes: number;
  /** Thousandths of a CPU. */
  cpuMillicores: number;
}

interface GroupFolder {
  version: 1 | 2;
  folder: string;
  controls: readonly Control[];
}

/** The control group of one run of pushed code, with all its child processes. */
export class RunGroup {
  readonly #folders: readonly GroupFolder[];

  constructor(folders: readonly GroupFolder[]) {
    this.#folders = folders;
  }

  async make(limits: GroupLimits): Promise<void> {
    for (const { folder, version, controls } of this.#folders) {
      await mkdir(folder, { recursive: true });
      for (const control of controls)
        for (const [file, value] of settingsOf(control, version, limits))
          await writeFile(join(folder, file), value).catch(ignoreUnless(file));
    }
  }

  /** The command prefix that starts a command in this group. */
  get enter(): string[] {
    return [
      'sh',
      '-c',
      'while [ "$1" != -- ]; do echo 0 > "$1" || exit 125; shift; done; shift; exec "$@"',
      'enter',
      ...this.#folders.map(({ folder }) => join(folder, 'cgroup.procs')),
      '--',
    ];
  }

  /** Whether the kernel ended a process because the group's memory was exhausted. */
  async wasOutOfMemory(): Promise<boolean> {
    for (const { folder, version, controls } of this.#folders) {
      if (!controls.includes('memory')) continue;
      const file = version === 2 ? 'memory.events' : 'memory.oom_control';
      const text = await readFile(join(folder, file), 'utf8').catch(() => '');
      if (Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0) > 0) return true;
    }
    return false;
  }

  /** Ends all processes in the group, and removes it. Processes that start meanwhile are ended too. */
  async end(): Promise<void> {
    for (let tries = 0; tries < END_TRIES; tries += 1) {
      const pids = await this.#pids();
      pids.forEach(kill);
      if (pids.length === 0 && (await this.#remove())) return;
      await pause(END_PAUSE_MS);
    }
  }

  async #pids(): Promise<number[]> {
    const lists = await Promise.all(
      this.#folders.map(({ folder }) =>
        readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => ''),
      ),
    );
    return lists.flatMap(list => list.split('\n').filter(Boolean).map(Number));
  }

  async #remove(): Promise<boolean> {
    const removed = await Promise.all(
      this.#folders.map(({ folder }) =>
        rmdir(folder).then(
          () => true,
          (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
        ),
      ),
    );
    return removed.every(Boolean);
  }
}

function settingsOf(
  control: Control,
  version: 1 | 2,
  { memoryBytes, processes, cpuMillicores }: GroupLimits,
): Array<[string, string]> {
  const memory = `${memoryBytes + BESIDE_BYTES}`;
  const quota = Math.round((cpuMillicores * CPU_PERIOD_US) / 1000);
  switch (control) {
    case 'cpu':
      return version === 2
        ? [['cpu.max', `${quota} ${CPU_PERIOD_US}`]]
        : [
            ['cpu.cfs_period_us', `${CPU_PERIOD_US}`],
            ['cpu.cfs_quota_us', `${quota}`],
          ];
    case 'memory':
      return version === 2
        ? [
            ['memory.max', memory],
            ['memory.swap.max', '0'],
            ['memory.oom.group', '1'],
          ]
        : [['memory.limit_in_bytes', memory]];
    case 'pids':
      return [['pids.max', `${processes * THREADS_PER_PROCESS}`]];
    default:
      return control satisfies never;
  }
}

/** Ignores errors for files that kernels without swap, and older ones, lack. */
function ignoreUnless(file: string): (error: NodeJS.ErrnoException) => void {
  const mayLack = /swap|oom/.test(file);
  return error => {
    if (!mayLack) throw error;
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BuildLimits, ExceededLimit } from './BuildLimits';
import type { RunGroup } from './groups/RunGroup';
import { readProcesses, rootOf } from './readProcesses';

const run = promisify(execFile);

const LOOK_MS = 200; // a program allocates at most about 1 GB of memory within this
const DISK_LOOK_MS = 1_000;

/** Processes that belong together: all of a user, or a process with its descendants. */
export type ProcessFamily = { uid: number } | { root: number };

/**
 * Monitors a running build from outside and calls back once, when it exceeds a
 * limit. Limits that the kernel enforces by itself (size of a file, number of
 * threads of a user) are set at the start of the build; this checks the sums.
 */
export function watchLimits(
  watched: {
    family: ProcessFamily;
    folder: string;
    limits: BuildLimits;
    /** Its control group: after the kernel ended a process there, the sum no longer shows the excess. */
    group?: Pick<RunGroup, 'wasOutOfMemory'>;
  },
  onExceeded: (exceeded: ExceededLimit) => void,
): { stop(): void; heard(): void } {
  const { family, folder, limits, group } = watched;
  const stopped = new AbortController();
  const { signal } = stopped;
  const exceed = (exceeded: ExceededLimit) => {
    if (signal.aborted) return;
    stopped.abort();
    onExceeded(exceeded);
  };
  const overtime = setTimeout(() => exceed('time'), limits.timeMs);
  let silence: NodeJS.Timeout | undefined;
  const heard = () => {
    clearTimeout(silence);
    if (signal.aborted) return;
    silence = setTimeout(() => exceed('silence'), limits.silenceMs);
  };
  heard();
  signal.addEventListener('abort', () => {
    clearTimeout(overtime);
    clearTimeout(silence);
  });
  let knownBytes = 0;
  void repeat(LOOK_MS, signal, async () => {
    const { processes, memoryBytes } = await measureFamily(family);
    if (memoryBytes > limits.memoryBytes || (await group?.wasOutOfMemory()))
      exceed('memory');
    else if (processes > limits.processes) exceed('processes');
  });
  void repeat(DISK_LOOK_MS, signal, async () => {
    const bytes = await measureFolder(folder, signal);
    if (bytes > limits.diskBytes) exceed('disk');
    // Package managers print nothing while they fetch and unpack.
    if (bytes !== knownBytes) heard();
    knownBytes = bytes;
  });
  return { stop: () => stopped.abort(), heard };
}

/** Number of processes of a family, and their memory without mapped files. */
async function measureFamily(
  family: ProcessFamily,
): Promise<{ processes: number; memoryBytes: number }> {
  const all = await readProcesses();
  const roots = new Set('root' in family ? [family.root] : []);
  const own = [...all.values()].filter(({ pid, uid }) =>
    'uid' in family ? uid === family.uid : rootOf(pid, all, roots),
  );
  return {
    processes: own.length,
    memoryBytes: own.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
  };
}

/** Bytes on disk below a folder. `du` is faster for many files than Node.js. */
export async function measureFolder(
  folder: string,
  signal?: AbortSignal,
): Promise<number> {
  // Files may disappear while it counts; it reports that in its exit code and still prints
  // the sum.
  const { stdout } = await run('du', ['-s', '--block-size=1', folder], {
    signal,
  }).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
  return Number(/^\d+/.exec(stdout)?.[0] ?? 0);
}

async function repeat(
  ms: number,
  signal: AbortSignal,
  look: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await look();
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
  }
}

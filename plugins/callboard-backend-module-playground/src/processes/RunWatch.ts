import {
  measureFolder,
  readProcesses,
  readProcessorTimes,
  rootOf,
} from '@callboard/plugin-callboard-sandbox-node';
import type { ContainerUsage } from '@callboard/sim';
import type { RunLimits } from './RunLimits';

const LOOK_MS = 1_000;
const USAGE_MS = 15_000; // as often as metrics-server measures
const DISK_LOOK_MS = 2_000; // between two measurements; one folder after the other

/** The limit that a run exceeded. */
export type ExceededRunLimit = 'memory' | 'processes' | 'disk';

/** Total CPU time at an instant. */
interface ProcessorTime {
  at: Date;
  nanoseconds: number;
}

interface WatchedRun {
  limits: RunLimits;
  /** The folder that it writes to. */
  folder: string;
  /** Size of the folder before the start. */
  folderBytes: number;
  onExceeded(exceeded: ExceededRunLimit): void;
}

/**
 * Measures runs of pushed code together with all their child processes, in one
 * pass per second over the processes of this machine, and their folders. In a
 * sandbox no process leaves the tree of the first one.
 */
export class RunWatch {
  readonly #runs = new Map<number, WatchedRun>();
  readonly #usage = new Map<number, ContainerUsage>();
  readonly #measured = new Map<number, ProcessorTime>();
  #timer: NodeJS.Timeout | undefined;
  #diskTimer: NodeJS.Timeout | undefined;

  /**
   * @returns a function that ends the watch
   */
  add(pid: number, run: WatchedRun): () => void {
    this.#runs.set(pid, run);
    this.#timer ??= this.#lookLater();
    this.#diskTimer ??= this.#lookAtDiskLater();
    return () => {
      this.#runs.delete(pid);
      this.#usage.delete(pid);
      this.#measured.delete(pid);
      if (this.#runs.size > 0) return;
      clearTimeout(this.#timer);
      clearTimeout(this.#diskTimer);
      this.#timer = undefined;
      this.#diskTimer = undefined;
    };
  }

  /** Returns the usage of a run with all its child processes; undefined until it was measured twice. */
  usageOf(pid: number): ContainerUsage | undefined {
    return this.#usage.get(pid);
  }

  #lookLater(): NodeJS.Timeout {
    const timer = setTimeout(async () => {
      await this.#look();
      if (this.#runs.size > 0) this.#timer = this.#lookLater();
    }, LOOK_MS);
    timer.unref();
    return timer;
  }

  #lookAtDiskLater(): NodeJS.Timeout {
    const timer = setTimeout(async () => {
      for (const [pid, { folder }] of [...this.#runs]) {
        const bytes = await measureFolder(folder);
        const run = this.#runs.get(pid);
        if (run && bytes - run.folderBytes > run.limits.diskBytes)
          run.onExceeded('disk');
      }
      if (this.#runs.size > 0) this.#diskTimer = this.#lookAtDiskLater();
    }, DISK_LOOK_MS);
    timer.unref();
    return timer;
  }

  async #look(): Promise<void> {
    const processes = await readProcesses();
    const sums = new Map<number, { memoryBytes: number; processes: number }>();
    const families = new Map<number, number[]>();
    for (const [pid, { memoryBytes }] of processes) {
      const root = rootOf(pid, processes, this.#runs);
      if (root === undefined) continue;
      const sum = sums.get(root) ?? { memoryBytes: 0, processes: 0 };
      sum.memoryBytes += memoryBytes;
      sum.processes += 1;
      sums.set(root, sum);
      families.set(root, [...(families.get(root) ?? []), pid]);
    }
    for (const [pid, sum] of sums) {
      const run = this.#runs.get(pid);
      if (!run) continue;
      this.#measure(pid, families.get(pid) ?? [], sum.memoryBytes);
      if (sum.memoryBytes > run.limits.memoryBytes) run.onExceeded('memory');
      else if (sum.processes > run.limits.processes)
        run.onExceeded('processes');
    }
  }

  /** The first interval is short: after a push people expect a value soon. */
  #measure(root: number, family: readonly number[], memoryBytes: number): void {
    const at = new Date();
    const before = this.#measured.get(root);
    const windowMs = before ? at.getTime() - before.at.getTime() : 0;
    const dueMs = this.#usage.has(root) ? USAGE_MS : 2 * LOOK_MS;
    if (before && windowMs < dueMs) return;
    const nanoseconds = readProcessorTimes(family);
    this.#measured.set(root, { at, nanoseconds });
    if (!before) return;
    this.#usage.set(root, {
      // The CPU time of a process that ended in between is missing from the second sum.
      cpuNanocores: Math.max(
        0,
        ((nanoseconds - before.nanoseconds) * 1000) / windowMs,
      ),
      memoryBytes,
      at,
      windowMs,
    });
  }
}

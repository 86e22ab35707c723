import {
  measureFolder,
  readProcesses,
  rootOf,
} from '@callboard/plugin-callboard-sandbox-node';
import type { RunLimits } from './RunLimits';

const LOOK_MS = 1_000;
const DISK_LOOK_MS = 2_000; // between two looks; one folder after the other

/** The limit that a run went over. */
export type ExceededRunLimit = 'memory' | 'processes' | 'disk';

interface WatchedRun {
  limits: RunLimits;
  /** Its folders. */
  folder: string;
  /** What was in them before it started. */
  folderBytes: number;
  onExceeded(exceeded: ExceededRunLimit): void;
}

/**
 * Watches what runs of pushed code take together with all that they started, in
 * one look per second over the processes of this machine, and their folders. In a sandbox nothing
 * leaves the tree of its first process.
 */
export class RunWatch {
  readonly #runs = new Map<number, WatchedRun>();
  #timer: NodeJS.Timeout | undefined;
  #diskTimer: NodeJS.Timeout | undefined;

  /** @returns ends the watch */
  add(pid: number, run: WatchedRun): () => void {
    this.#runs.set(pid, run);
    this.#timer ??= this.#lookLater();
    this.#diskTimer ??= this.#lookAtDiskLater();
    return () => {
      this.#runs.delete(pid);
      if (this.#runs.size > 0) return;
      clearTimeout(this.#timer);
      clearTimeout(this.#diskTimer);
      this.#timer = undefined;
      this.#diskTimer = undefined;
    };
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
    for (const [pid, { memoryBytes }] of processes) {
      const root = rootOf(pid, processes, this.#runs);
      if (root === undefined) continue;
      const sum = sums.get(root) ?? { memoryBytes: 0, processes: 0 };
      sum.memoryBytes += memoryBytes;
      sum.processes += 1;
      sums.set(root, sum);
    }
    for (const [pid, sum] of sums) {
      const run = this.#runs.get(pid);
      if (!run) continue;
      if (sum.memoryBytes > run.limits.memoryBytes) run.onExceeded('memory');
      else if (sum.processes > run.limits.processes)
        run.onExceeded('processes');
    }
  }
}
